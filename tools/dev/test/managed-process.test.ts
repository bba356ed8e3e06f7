import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
  const { process, crashes } = managed(
    t,
    `process.on('SIGTERM', () => process.exit(1)); ${ready} setInterval(() => 0, 1000)`,
  );
  for (const [crash, passed] of [0, 0, 31_000].entries()) {
    await process.start();
    later += passed;
    process.signal('SIGTERM');
    await until('the crash', () => crashes().length > crash);
    const pause = [0.05, 0.1, 0.05][crash];
    const detail = `ended by itself (exit code 1); starts again in ${pause} s`;
    assert.equal(crashes()[crash]?.detail, detail);
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

/** What can be replaced: it notes what happens to it, and drains until the test says that it may end. */
function replaceable(t: TestContext) {
  const folder = temporaryFolder(t);
  const inFolder = (name: string) => join(folder, name);
  const [journal, leave, stuck] = ['journal', 'leave', 'stuck'].map(inFolder) as [
    string,
    string,
    string,
  ];
  const code = `
    const { appendFileSync, existsSync } = require('node:fs');
    const note = (what) => appendFileSync('${journal}', what + ' ' + process.pid + '\\n');
    note('loaded');
    const end = () => { note('ended'); process.exit(0); };
    process.on('SIGTERM', () => setInterval(() => { if (existsSync('${leave}')) end(); }, 20));
    require('node:net').createServer().listen(0, () => {
      const isStuck = existsSync('${stuck}');
      note('listening');
      if (!isStuck) ${ready}
    });`;
  const hold = join(__dirname, '../src/programs/hold.ts');
  const holdArgs = ['--require', 'tsx/cjs', '--require', hold];
  const { process } = managed(t, code, { holdArgs, stopTimeoutMs: 60_000 });
  const noted = () =>
    (existsSync(journal) ? readFileSync(journal, 'utf8').trimEnd().split('\n') : []).map((line) => {
      const [what, pid] = line.split(' ');
      return { what, pid: Number(pid) };
    });
  const pidsThat = (did: string) => noted().flatMap(({ what, pid }) => (what === did ? pid : []));
  const untilThat = (did: string, times: number) =>
    until(`${did}, ${times} times`, () => pidsThat(did).length === times);
  const mayEnd = () => writeFileSync(leave, '');
  /** Whether the next ones say that they are ready. */
  const getReady = (on: boolean) => (on ? rmSync(stuck) : writeFileSync(stuck, ''));
  return { process, noted, pidsThat, untilThat, mayEnd, getReady };
}

test('the next one loads while the one before drains, and listens when that is gone', async (t) => {
  const { process, noted, pidsThat, untilThat, mayEnd } = replaceable(t);
  await process.start();
  const replaced = process.replace();
  await untilThat('loaded', 2);
  mayEnd();
  assert.equal(await replaced, true);
  assert.deepEqual(
    noted().map(({ what }) => what),
    ['loaded', 'listening', 'loaded', 'ended', 'listening'],
  );
  assert.equal(process.status.pid, pidsThat('listening')[1]);
  assert.equal(process.status.restarts, 0);
});

test('stopped while it is replaced, it stays down, and so does the next one', async (t) => {
  const { process, pidsThat, untilThat, mayEnd } = replaceable(t);
  await process.start();
  const replaced = process.replace();
  await untilThat('loaded', 2);
  const stopped = process.stop();
  mayEnd();
  await stopped;
  assert.equal(await replaced, false);
  await until('both are gone', () => !pidsThat('loaded').some(isAlive));
  assert.equal(pidsThat('listening').length, 1);
  assert.equal(process.status.state, 'stopped');
});

test('killed while it is replaced, it stays down, and so does the next one', async (t) => {
  const { process, pidsThat, untilThat } = replaceable(t);
  await process.start();
  const replaced = process.replace();
  await untilThat('loaded', 2);
  await process.kill();
  assert.equal(await replaced, false);
  await until('both are gone', () => !pidsThat('loaded').some(isAlive));
  assert.equal(pidsThat('loaded').length, 2);
});

test('replaced again meanwhile, the last one alone is left', async (t) => {
  const { process, pidsThat, untilThat, mayEnd } = replaceable(t);
  await process.start();
  const first = process.replace();
  await untilThat('loaded', 2);
  const second = process.replace();
  mayEnd();
  assert.equal(await second, true);
  assert.equal(await first, false);
  await until('one alive', () => pidsThat('loaded').filter(isAlive).length === 1);
  assert.deepEqual(pidsThat('loaded').filter(isAlive), [process.status.pid]);
});

test('replaced again while the next one starts, the last one alone is left', async (t) => {
  const { process, pidsThat, untilThat, mayEnd, getReady } = replaceable(t);
  await process.start();
  mayEnd();
  getReady(false);
  const first = process.replace();
  await untilThat('listening', 2);
  getReady(true);
  assert.equal(await process.replace(), true);
  assert.equal(await first, false);
  await until('one alive', () => pidsThat('loaded').filter(isAlive).length === 1);
  assert.deepEqual(pidsThat('loaded').filter(isAlive), [process.status.pid]);
});

test('stopped just before the next one is taken, none is left', async (t) => {
  const { process, pidsThat, untilThat, mayEnd } = replaceable(t);
  await process.start();
  const { start } = process;
  const stopped = new Promise<void>((resolve) => {
    t.mock.method(process, 'start', () => {
      const ready = start.call(process);
      resolve(process.stop());
      return ready;
    });
  });
  const replaced = process.replace();
  await untilThat('loaded', 2);
  mayEnd();
  await stopped;
  assert.equal(await replaced, false);
  await until('both are gone', () => !pidsThat('loaded').some(isAlive));
  assert.equal(process.status.state, 'stopped');
});

test('what does not even load is started again like any other', async (t) => {
  const folder = temporaryFolder(t);
  const [failed, leave] = [join(folder, 'failed'), join(folder, 'leave')];
  const code = `
    const { existsSync, writeFileSync } = require('node:fs');
    if (global.held) {
      writeFileSync('${failed}', String(process.pid));
      process.exit(4);
    }
    process.on('SIGTERM', () => setInterval(() => {
      if (existsSync('${leave}')) process.exit(0);
    }, 20));
    ${ready}
    setInterval(() => 0, 1000);`;
  const holdArgs = ['--import', 'data:text/javascript,global.held = true'];
  const { process } = managed(t, code, { holdArgs, stopTimeoutMs: 60_000 });
  await process.start();
  const before = process.status.pid;
  const replaced = process.replace();
  // Not alive: the runner, which is this process, has heard of its end.
  const pidOfFailed = () => (existsSync(failed) ? Number(readFileSync(failed, 'utf8')) : 0);
  await until('the next one fails', () => pidOfFailed() > 0 && !isAlive(pidOfFailed()));
  writeFileSync(leave, '');
  assert.equal(await replaced, true);
  const { state, pid, restarts } = process.status;
  assert.deepEqual([state, restarts], ['ready', 0]);
  assert.ok(pid !== undefined && pid !== before && isAlive(pid));
});
