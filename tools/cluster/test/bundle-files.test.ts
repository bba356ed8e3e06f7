import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';

const script = resolve(import.meta.dirname, '../bundle-files.mjs');
let workspace: string;

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(workspace, path)), { recursive: true });
  await writeFile(join(workspace, path), text);
}

/** Runs the command as Skaffold does: in the workspace, no shell. */
function run(project: string) {
  return new Promise<{ status: number; files: string[]; stderr: string }>((done) => {
    execFile(process.execPath, [script, project], { cwd: workspace }, (error, stdout, stderr) => {
      const files = stdout === '' ? [] : (JSON.parse(stdout) as string[]);
      done({ status: error === null ? 0 : 1, files, stderr });
    });
  });
}

const bundle = (app: string) => join(workspace, `dist/apps/${app}/main.js`);
const builtAt = async (app: string) => (await stat(bundle(app))).mtimeMs;

before(async () => {
  workspace = await mkdtemp(join(tmpdir(), 'quayside-bundles-'));
});
after(() => rm(workspace, { recursive: true, force: true }));

beforeEach(async () => {
  await rm(join(workspace, 'dist'), { recursive: true, force: true });
  await write('tsconfig.base.json', '{}');
  await write('package-lock.json', '{}');
  await write('Dockerfile', 'FROM scratch');
  await write('libs/money/src/index.ts', 'export const currency: string = "EUR";');
  await write(
    'apps/payments/src/main.ts',
    'import { currency } from "../../../libs/money/src/index"; console.log(currency);',
  );
  await write('apps/payments/migrations/0001.sql', 'select 1;');
  await write('apps/users/src/main.ts', 'console.log("users");');
});

test('makes the bundle and lists it with the files of the image', async () => {
  const { status, files, stderr } = await run('apps/payments');
  assert.equal(status, 0, stderr);
  assert.deepEqual(files, [
    'dist/apps/payments/main.js',
    'dist/apps/payments/main.js.map',
    'dist/apps/payments/migrations/0001.sql',
    'Dockerfile',
    'package-lock.json',
  ]);
});

test('leaves a fresh bundle as it is, so that nothing is copied', async () => {
  await run('apps/payments');
  const first = await builtAt('payments');
  await run('apps/payments');
  assert.equal(await builtAt('payments'), first);
});

test('a saved library rebuilds the apps that contain it and no other', async () => {
  await run('apps/payments');
  await run('apps/users');
  const users = await builtAt('users');
  await write('libs/money/src/index.ts', 'export const currency: string = "CHF";');
  await run('apps/payments');
  await run('apps/users');
  assert.match(await readFile(bundle('payments'), 'utf8'), /CHF/);
  assert.equal(await builtAt('users'), users);
});

test('a new migration reaches the bundle', async () => {
  await run('apps/payments');
  await write('apps/payments/migrations/0002.sql', 'select 2;');
  const { files } = await run('apps/payments');
  assert.ok(files.includes('dist/apps/payments/migrations/0002.sql'));
  await rm(join(workspace, 'apps/payments/migrations/0002.sql'));
});

test('a mistake in the sources is told, and the last good bundle stays', async () => {
  await run('apps/payments');
  const good = await readFile(bundle('payments'), 'utf8');
  await write('libs/money/src/index.ts', 'export const currency: = ;');
  const { status, files, stderr } = await run('apps/payments');
  assert.equal(status, 0);
  assert.ok(files.includes('dist/apps/payments/main.js'));
  assert.match(stderr, /not bundled[^]*libs\/money\/src\/index\.ts/);
  assert.equal(await readFile(bundle('payments'), 'utf8'), good);
});

test('without any bundle a mistake fails', async () => {
  await write('apps/users/src/main.ts', 'const = 1;');
  const { status } = await run('apps/users');
  assert.equal(status, 1);
});
