// In a repository of its own, with our protos: what main has promised, and what breaks it.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, beforeEach, test } from 'node:test';

const root = join(import.meta.dirname, '../../..');
const PROTO = 'protos/quayside/payments/v1/payments.proto';

/** Without what a git hook sets: GIT_DIR and the like would name the caller's repository. */
const environment = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^GIT_|^BASE_REF$/.test(name)),
);

const made: string[] = [];
let folder: string;

function git(...args: string[]): string {
  const who = ['-c', 'user.name=test', '-c', 'user.email=test@example.com'];
  const ran = spawnSync('git', [...who, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: environment,
  });
  assert.equal(ran.status, 0, ran.stderr);
  return ran.stdout.trim();
}

function commit(message: string): string {
  git('add', 'protos');
  git('commit', '--quiet', '--message', message);
  return git('rev-parse', 'HEAD');
}

/** Changes the protos of the repository. */
async function change(from: string | RegExp, to: string): Promise<void> {
  const file = join(folder, PROTO);
  const text = await readFile(file, 'utf8');
  assert.notEqual(text.replace(from, to), text);
  await writeFile(file, text.replace(from, to));
}

const removeField = () => change(/^ *string card_token = \d+;\n/m, '');
const addComment = () => change(/$/, '// One more comment.\n');

function breaking(ref?: string) {
  const ran = spawnSync(process.execPath, [join(root, 'tools/protos/breaking.mjs')], {
    cwd: folder,
    encoding: 'utf8',
    env: ref === undefined ? environment : { ...environment, BASE_REF: ref },
  });
  return { status: ran.status, said: ran.stdout + ran.stderr };
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quayside-protos-'));
  made.push(folder);
  await cp(join(root, 'protos'), join(folder, 'protos'), { recursive: true });
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  git('init', '--quiet', '--initial-branch', 'main');
  commit('what was promised');
});
after(async () => {
  for (const each of made) await rm(each, { recursive: true, force: true });
});

test('on main it is the commit before that must not be broken', async () => {
  const promised = git('rev-parse', 'HEAD');
  await addComment();
  commit('a comment');
  const harmless = breaking();
  assert.deepEqual([harmless.status, harmless.said.includes(promised)], [0, true], harmless.said);

  await removeField();
  commit('a field less');
  for (const ref of [undefined, 'main']) {
    const broken = breaking(ref);
    assert.notEqual(broken.status, 0);
    assert.match(broken.said, /payments\.proto.*field .3. with name .card_token./);
  }
});

test('on a branch it is main, however many commits ago', async () => {
  git('checkout', '--quiet', '-b', 'change');
  await removeField();
  commit('a field less');
  await addComment();
  commit('a comment');
  assert.notEqual(breaking().status, 0);
  // As if that had been on main all the time.
  assert.equal(breaking('HEAD^').status, 0);
});

test('what is not committed counts, too', async () => {
  await addComment();
  commit('a comment');
  await removeField();
  assert.notEqual(breaking().status, 0);
});

test('it says when there is nothing to compare with', () => {
  const first = breaking();
  assert.equal(first.status, 0, first.said);
  assert.match(first.said, /NOT CHECKED/);
  // As .ci/run counts it.
  assert.match(first.said, /^0 passed, 0 failed, 1 skipped$/m);
  const unknown = breaking('no-such-branch');
  assert.equal(unknown.status, 1);
  assert.match(unknown.said, /no-such-branch is a commit here/);
});
