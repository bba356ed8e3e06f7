import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { inRepository } from '../src/repository';

describe('the files of a production image, for Skaffold', () => {
  let workspace: string;

  async function write(path: string, text: string): Promise<void> {
    await mkdir(dirname(join(workspace, path)), { recursive: true });
    await writeFile(join(workspace, path), text);
  }

  const run = (project: string) =>
    new Promise<{ files: string[]; failed: boolean }>((done) => {
      const script = inRepository('tools/cluster/image-files.mjs');
      execFile(process.execPath, [script, project], { cwd: workspace }, (error, stdout) => {
        done({ failed: error !== null, files: stdout ? (JSON.parse(stdout) as string[]) : [] });
      });
    });

  before(async () => {
    workspace = await mkdtemp(join(tmpdir(), 'quayside-image-files-'));
    await write('tsconfig.base.json', '{}');
    await write('package-lock.json', '{}');
    await write('Dockerfile', 'FROM scratch');
    await write('tools/images/bundle/main.mjs', '');
    await write('libs/money/src/index.ts', 'export const currency: string = "EUR";');
    await write('libs/other/src/index.ts', 'export const nothing = 1;');
    const main = 'import { currency } from "../../../libs/money/src/index"; console.log(currency);';
    await write('apps/payments/src/main.ts', main);
    await write('apps/payments/migrations/0001.sql', 'select 1;');
    await write('apps/payments/test/one.json', '{}');
    await write('apps/payments/README.md', '');
    await write('apps/users/src/main.ts', 'console.log("users");');
  });
  after(() => rm(workspace, { recursive: true, force: true }));

  test('are the sources in its bundle, what is read at run time, and how it is built', async () => {
    const { files } = await run('apps/payments');
    assert.deepEqual(files, [
      'Dockerfile',
      'apps/payments/migrations/0001.sql',
      'apps/payments/src/main.ts',
      'libs/money/src/index.ts',
      'package-lock.json',
      'tools/images/bundle/main.mjs',
      'tsconfig.base.json',
    ]);
  });

  test('a library that an app does not use is none of its files', async () => {
    const { files } = await run('apps/users');
    assert.ok(!files.some((file) => file.startsWith('libs/')), files.join());
  });

  test('a mistake in the sources fails', async () => {
    await write('apps/users/src/main.ts', 'import "./nothing";');
    assert.equal((await run('apps/users')).failed, true);
  });
});
