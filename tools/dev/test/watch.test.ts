import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { watchServices } from '../src/runner/watch';
import { temporaryFolder, until } from './temporary-folder';

test('a save rebuilds and restarts the services that contain the file, and no other', async (t) => {
  const root = temporaryFolder(t);
  const save = (file: string, text: string): void => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  };
  save('libs/shared/index.ts', 'export const shared = 1;');
  save(
    'apps/one/src/main.ts',
    `import { shared } from '../../../libs/shared'; console.log(shared);`,
  );
  save('apps/two/src/main.ts', 'console.log(2);');
  save('apps/two/migrations/0001.sql', 'SELECT 1;');

  const done: string[] = [];
  const notices: string[] = [];
  const note = (what: string) => (name: string) => {
    done.push(`${what} ${name}`);
    return Promise.resolve();
  };
  let refusal: Error | undefined;
  const restart = async (name: string) => {
    await note('restart')(name);
    if (refusal !== undefined) throw refusal;
    return true;
  };
  const system = {
    services: () => ['one', 'two'].map((name) => ({ name, project: `apps/${name}` })),
    migrate: note('migrate'),
    process: (name: string) => ({ replace: () => restart(name) }),
  };
  const bundler = {
    bundleOptions: (project: string) =>
      Promise.resolve({
        entryPoints: { main: join(root, project, 'src/main.ts') },
        outdir: join(root, 'dist', project),
        bundle: true,
        format: 'cjs' as const,
      }),
    copyAssets: note('copy'),
  };
  const notice = (text: string): void => void notices.push(text);
  const close = await watchServices(system, { notice }, root, bundler);
  t.after(close);

  const expectAfter = async (file: string, text: string, expected: string[]): Promise<void> => {
    done.length = 0;
    save(file, text);
    await until(`${expected.join()} after ${file}`, () => done.length >= expected.length);
    assert.deepEqual(done, expected);
  };
  await expectAfter('apps/two/src/main.ts', 'console.log(22);', ['restart two']);
  await expectAfter('libs/shared/index.ts', 'export const shared = 2;', ['restart one']);
  await expectAfter('apps/two/migrations/0002.sql', 'SELECT 2;', [
    'copy apps/two',
    'migrate two',
    'restart two',
  ]);

  notices.length = 0;
  save('apps/two/src/main.ts', 'console.log(;');
  await until('the error', () => notices.some((text) => text.startsWith('two: Build failed')));
  // A file that is in no bundle may be the missing piece of a broken build.
  await expectAfter('apps/two/src/main.ts', 'console.log(222);', ['restart two']);

  // A start that failed is not a build that failed: other files are none of its business.
  refusal = new Error('no luck today');
  await expectAfter('apps/two/src/main.ts', 'console.log(2222);', ['restart two']);
  await until('the failure', () => notices.includes('two: no luck today'));
  refusal = undefined;
  await expectAfter('libs/shared/index.ts', 'export const shared = 3;', ['restart one']);
});
