import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { isAlive } from '../src/postgres/pid-file';
import { openLogFile } from '../src/runner/log-file';
import {
  ManagedProcess,
  type ProcessSpec,
  type ProcessStatus,
} from '../src/runner/managed-process';
import { temporaryFolder, until } from './temporary-folder';

interface Seen extends ProcessStatus {
  at: number;
}

/** A process that runs this code, and everything that was seen of it. */
function managed(t: TestContext, code: string, more: Partial<ProcessSpec> = {}) {
  const log = openLogFile(join(temporaryFolder(t), 'logs'), 'service');
  const seen: Seen[] = [];
  const process = new ManagedProcess(
    {
      name: 'service',
      args: ['--eval', code],
      env: {},
      ports: { admin: 1 },
      cwd: __dirname,
      log,
      stopTimeoutMs: 300,
      firstTries: 3,
      firstPauseMs: 50,
      maxPauseMs: 200,
      ...more,
    },
    (status) => seen.push({ ...status, at: performance.now() }),
  );
  t.after(async () => {
    await process.kill();
    log.close();
  });
  const crashes = () => seen.filter(({ state }) => state === 'crashed');
  return { process, seen, crashes };
}

const ready = `process.send({ type: 'ready', ports: { admin: 2 } });`;

test('pauses double up to the longest; each crash says why, and when it starts again', async (t) => {
  const { process, seen, crashes } = managed(t, `${ready} setTimeout(() => process.exit(7), 20)`);
  await process.start();
  await until('five crashes', () => crashes().length >= 5);
  const pauses = [0.05, 0.1, 0.2, 0.2, 0.2];
  assert.deepEqual(
    crashes()
      .slice(0, 5)
      .map(({ detail, restarts, pid }) => [detail, restarts, pid]),
    pauses.map((pause, index) => [
      `ended by itself (exit code 7); starts again in ${pause} s`,
      index + 1,
      undefined,
    ]),
  );
  for (const [index, crash] of crashes().slice(0, 4).entries()) {
    const next = seen[seen.indexOf(crash) + 1];
    assert.equal(next?.state, 'starting');
    // A timer may be a millisecond early.
    assert.ok(next.at - crash.at >= pauses[index]! * 1000 - 2, `after ${next.at - crash.at} ms`);
  }
});

test('after half a minute without a crash the pauses are short again', async (t) => {
  let later = 0;
  const now = performance.now.bind(performance);
  t.mock.method(performance, 'now', () => now() + later);
  const { process, crashes } = managed(t, `${ready} process.on('SIGTERM', () => process.exit(1))`);
  for (const [crash, passed] of [0, 0, 31_000].entries()) {
    await process.start();
    later += passed;
    process.signal('SIGTERM');
    await until('the crash', () => crashes().length > crash);
    assert.match(crashes().at(-1)?.detail ?? '', [/in 0\.05 s/, /in 0\.1 s/, /in 0\.05 s/][crash]!);
  }
});

test('what is ready has its pid, its ports and how long it took', async (t) => {
  const { process, seen } = managed(t, `${ready} setInterval(() => 0, 1000)`);
  await process.start();
  assert.deepEqual(
    seen.map(({ state }) => state),
    ['starting', 'ready'],
  );
  const { pid, ports, startedInMs, restarts } = process.status;
  assert.ok(pid !== undefined && startedInMs !== undefined && startedInMs > 0);
  assert.deepEqual([ports, restarts], [{ admin: 2 }, 0]);
});

test('what ends three times before it was ever ready has failed, with its last words', async (t) => {
  const { process, seen } = managed(t, `console.log('no luck today'); process.exit(3)`);
  await assert.rejects(process.start(), {
    message:
      'service: ended by itself (exit code 3)\n  no luck today\n  no luck today\n  no luck today',
  });
  assert.deepEqual(
    seen.map(({ state }) => state),
    ['starting', 'crashed', 'starting', 'crashed', 'starting', 'failed'],
  );
  assert.equal(seen.at(-1)?.detail, 'ended by itself (exit code 3)');
});

test('what says why it cannot start is shown with that', async (t) => {
  const { process } = managed(
    t,
    `process.send({ type: 'failed', message: 'The folder is closed.' }, () => process.exit(1))`,
  );
  await assert.rejects(process.start(), /^Error: service: The folder is closed\./);
  assert.equal(process.status.detail, 'The folder is closed.');
});

test('what does not end when it is asked to is killed, and stays down', async (t) => {
  const { process, seen } = managed(
    t,
    `process.on('SIGTERM', () => 0); ${ready} setInterval(() => 0, 1000)`,
  );
  await process.start();
  await process.stop();
  assert.deepEqual(
    seen.map(({ state }) => state),
    ['starting', 'ready', 'stopping', 'stopped'],
  );
  assert.equal(process.status.pid, undefined);
});

/** What can be replaced: it notes what happens to it, and drains until a second after the next one has loaded. */
function replaceable(t: TestContext) {
  const journal = join(temporaryFolder(t), 'journal');
  const code = `
    const { appendFileSync, readFileSync } = require('node:fs');
    const note = (what) => appendFileSync('${journal}', what + ' ' + process.pid + '\\n');
    note('loaded');
    const end = () => { note('ended'); process.exit(0); };
    process.on('SIGTERM', () => setInterval(() => {
      if (readFileSync('${journal}', 'utf8').split('loaded').length > 2) setTimeout(end, 1000);
    }, 20));
    require('node:net').createServer().listen(0, () => { note('listening'); ${ready} });`;
  const hold = join(__dirname, '../src/programs/hold.ts');
  const holdArgs = ['--require', 'tsx/cjs', '--require', hold];
  const { process } = managed(t, code, { holdArgs, stopTimeoutMs: 10_000 });
  const noted = () =>
    (existsSync(journal) ? readFileSync(journal, 'utf8').trimEnd().split('\n') : []).map((line) => {
      const [what, pid] = line.split(' ');
      return { what, pid: Number(pid) };
    });
  const pidsThat = (did: string) => noted().flatMap(({ what, pid }) => (what === did ? pid : []));
  return { process, noted, pidsThat };
}

test('the next one loads while the one before drains, and listens when that is gone', async (t) => {
  const { process, noted, pidsThat } = replaceable(t);
  await process.start();
  assert.equal(await process.replace(), true);
  assert.deepEqual(
    noted().map(({ what }) => what),
    ['loaded', 'listening', 'loaded', 'ended', 'listening'],
  );
  assert.equal(process.status.pid, pidsThat('listening')[1]);
  assert.equal(process.status.restarts, 0);
});

test('stopped while it is replaced, it stays down, and so does the next one', async (t) => {
  const { process, pidsThat } = replaceable(t);
  await process.start();
  const replaced = process.replace();
  await until('the next one', () => pidsThat('loaded').length === 2);
  await process.stop();
  assert.equal(await replaced, false);
  await until('both are gone', () => !pidsThat('loaded').some(isAlive));
  assert.equal(pidsThat('listening').length, 1);
  assert.equal(process.status.state, 'stopped');
});

test('replaced again meanwhile, the last one alone is left', async (t) => {
  const { process, pidsThat } = replaceable(t);
  await process.start();
  const first = process.replace();
  await until('the next one', () => pidsThat('loaded').length === 2);
  assert.equal(await process.replace(), true);
  assert.equal(await first, false);
  await until('one alive', () => pidsThat('loaded').filter(isAlive).length === 1);
  assert.deepEqual(pidsThat('loaded').filter(isAlive), [process.status.pid]);
});

test('what does not even load is started again like any other', async (t) => {
  const code = `
    if (global.held) process.exit(4);
    ${ready}
    process.on('SIGTERM', () => setTimeout(() => process.exit(0), 500));
    setInterval(() => 0, 1000);`;
  const holdArgs = ['--import', 'data:text/javascript,global.held = true'];
  const { process } = managed(t, code, { holdArgs, stopTimeoutMs: 5000 });
  await process.start();
  const before = process.status.pid;
  assert.equal(await process.replace(), true);
  const { state, pid } = process.status;
  assert.equal(state, 'ready');
  assert.ok(pid !== undefined && pid !== before && isAlive(pid));
});
