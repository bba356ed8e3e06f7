import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { connectionSeconds } from '../src/connections';
import { gitIn } from '../src/git';
import { prometheus } from '../src/prometheus';
import { changeRelease, releasePath } from '../src/release-file';
import { walkRelease } from '../src/walk';
import { pictured, stubPrometheus, type Picture } from './stub-prometheus';

const image = { tag: 'a'.repeat(40), digest: `sha256:${'b'.repeat(64)}` };
const gatewayFile = `# What runs in staging.
image:
  tag: 0.1.0
release:
  strategy: canary
  canary:
    replicas: 0
    weight: 0
`;

let folder: string;
const git = (cwd: string, ...args: string[]) =>
  execFileSync('git', args, { cwd, encoding: 'utf8' });

/** A clone with an origin, as a job has it. */
async function clone(name: string): Promise<string> {
  const origin = join(folder, `${name}.git`);
  const work = join(folder, name);
  git(folder, 'init', '--quiet', '--bare', '--initial-branch', 'main', origin);
  git(folder, 'clone', '--quiet', origin, work);
  identify(work);
  await mkdir(join(work, 'helm/releases/staging'), { recursive: true });
  await writeFile(releasePath(work, 'staging', 'gateway'), gatewayFile);
  git(work, 'add', '.');
  git(work, 'commit', '--quiet', '-m', 'start');
  git(work, 'push', '--quiet', 'origin', 'HEAD:main');
  return work;
}

function identify(work: string): void {
  git(work, 'config', 'user.name', 'release');
  git(work, 'config', 'user.email', 'release@example.com');
  git(work, 'config', 'commit.gpgsign', 'false');
}

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quayside-walk-'));
});
after(() => rm(folder, { recursive: true, force: true }));

interface Walk {
  picture?: (expression: string) => Picture;
  service?: string;
  connectionSeconds?: number;
  say?: (line: string) => void;
}

async function release(
  root: string,
  { picture, service = 'gateway', connectionSeconds = 0, say = () => undefined }: Walk = {},
): Promise<string[]> {
  const said: string[] = [];
  const stub = await stubPrometheus(pictured(picture ?? (() => ({}))));
  try {
    await walkRelease({
      root,
      environment: 'staging',
      namespace: 'quayside',
      service,
      image,
      replicas: 2,
      git: gitIn(root, 'main'),
      query: picture && prometheus({ url: stub.url }),
      blindSeconds: 0,
      connectionSeconds,
      slo: { objective: 0.999, maxBurn: 14.4, maxP99Seconds: 1, minRequests: 50 },
      rollout: { seconds: 0.1, everySeconds: 0.01 },
      watch: { seconds: 0.03, everySeconds: 0.01, windowSeconds: 120 },
      say(line) {
        said.push(line);
        say(line);
      },
    });
  } finally {
    await stub.stop();
  }
  return said;
}

const subjects = (work: string) =>
  git(work, 'log', '--format=%s', '--reverse', 'origin/main').trim().split('\n').slice(1);

test('a good release commits and pushes each step, and none of the commits starts a workflow', async () => {
  const work = await clone('good');
  await release(work, { picture: () => ({}) });
  const short = image.tag.slice(0, 12);
  assert.deepEqual(
    subjects(work).map((subject) => subject.replace(`Release gateway ${short} to staging: `, '')),
    [
      'start the canary [skip ci]',
      'send 10 % to the canary [skip ci]',
      'send 50 % to the canary [skip ci]',
      'send 100 % to the canary [skip ci]',
      'replace the stable pods [skip ci]',
      'send everything to the stable pods [skip ci]',
      'end the canary [skip ci]',
    ],
  );
  assert.equal(git(work, 'status', '--porcelain'), '');
});

test('a canary that burns the budget is taken back to the state before, by a commit', async () => {
  const work = await clone('burning');
  // Good at 10 %, bad at 50 %: judged by what the file says at that moment.
  const file = releasePath(work, 'staging', 'gateway');
  await assert.rejects(
    release(work, {
      picture: () => ({ failed: readFileSync(file, 'utf8').includes('weight: 50') ? 200 : 0 }),
    }),
    /Taken back at "send 50 % to the canary"\. gateway canary: the error budget burns/,
  );
  assert.deepEqual(subjects(work).at(-1), 'Take gateway in staging back [skip ci]');
  assert.equal(await readFile(file, 'utf8'), gatewayFile);
  assert.equal(git(work, 'diff', 'origin/main').trim(), '');
});

test('pods that never come up are taken back too', async () => {
  const work = await clone('absent');
  await assert.rejects(
    release(work, { picture: () => ({ current: 0 }) }),
    /Taken back at "start the canary"\. .*does not run everywhere/,
  );
  assert.equal(await readFile(releasePath(work, 'staging', 'gateway'), 'utf8'), gatewayFile);
});

test('the old colour ends when the last connection to it is closed, and not before', async () => {
  const work = await clone('coloured');
  const colours = { activeColor: 'blue', colors: { blue: { replicas: 2, tag: '0.1.0' } } };
  const text = JSON.stringify({ release: { strategy: 'blueGreen', ...colours } });
  await writeFile(releasePath(work, 'staging', 'payments'), text);
  git(work, 'add', '.');
  git(work, 'commit', '--quiet', '-m', 'payments');
  const times = new Map<string, number>();
  const said = await release(work, {
    service: 'payments',
    connectionSeconds: 2,
    say: (line) => times.set(line.replace('payments in staging: ', ''), performance.now()),
  });
  const at = (line: string) => times.get(line) ?? Number.NaN;
  assert.ok(at('end blue') - at('give green the traffic') >= 2_000, said.join('\n'));
  assert.match(said.join('\n'), /s more until the last old connection is closed/);
});

test('how long that is comes from the values of the chart', async () => {
  const root = join(import.meta.dirname, '../../..');
  assert.equal(await connectionSeconds(root, 'production', 'payments'), 81);
  const values = join(folder, 'values');
  await mkdir(join(values, 'helm/charts/service'), { recursive: true });
  await mkdir(join(values, 'helm/values/env'), { recursive: true });
  const write = (file: string, grpc: object) =>
    writeFile(join(values, 'helm', file), JSON.stringify({ grpc }));
  const chart = { maxConnectionAgeSeconds: 60, maxConnectionAgeGraceSeconds: 15 };
  await write('charts/service/values.yaml', chart);
  await write('values/payments.yaml', { maxConnectionAgeSeconds: 100 });
  await write('values/env/staging.yaml', { maxConnectionAgeGraceSeconds: 5 });
  assert.equal(await connectionSeconds(values, 'staging', 'payments'), 115);
});

test('the same image again is no release', async () => {
  const work = await clone('again');
  await release(work);
  const commits = subjects(work).length;
  const said = await release(work);
  assert.match(said.join('\n'), /runs in staging already/);
  assert.equal(subjects(work).length, commits);
});

test('somebody else was faster: the commit goes on top of theirs', async () => {
  const work = await clone('raced');
  const other = join(folder, 'other');
  git(folder, 'clone', '--quiet', join(folder, 'raced.git'), other);
  identify(other);
  await writeFile(join(other, 'README.md'), 'theirs');
  git(other, 'add', '.');
  git(other, 'commit', '--quiet', '-m', 'theirs');
  git(other, 'push', '--quiet', 'origin', 'HEAD:main');
  const file = releasePath(work, 'staging', 'gateway');
  await changeRelease(file, [[['image', 'tag'], 'ours']]);
  gitIn(work, 'main').commit(file, 'ours');
  assert.deepEqual(subjects(work), ['theirs', 'ours [skip ci]']);
});
