// `npm start`, `npm run demo` and Ctrl-C, as a person has them: the commands themselves, in a process group of their own
// as a terminal makes one, and a second start on the same folder.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { promisify } from 'node:util';
import { findRunning, readSecrets, type Runtime } from '@quayside/dev';
import { waitFor } from '@quayside/testing';
import { Client } from 'pg';
import { descendantsOf, isAlive } from '../descendants';
import { findSecretsInLogs } from '../log-secrets';
import { npmStart, terminalEnvironment, type NpmStart } from '../npm-start';

const root = join(import.meta.dirname, '../..');
const services = ['gateway', 'auth', 'users', 'payments', 'card-processor'];

/** `npm start` again and again on one folder. Neither outlives the test. */
function onOneFolder(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'quayside-start-'));
  // PostgreSQL's user can enter it, too.
  chmodSync(folder, 0o755);
  const data = join(folder, 'data');
  const all: NpmStart[] = [];
  const start = async (): Promise<NpmStart> => {
    const started = await npmStart(data);
    all.push(started);
    return started;
  };
  t.after(async () => {
    for (const one of all) await killed(one);
    rmSync(folder, { recursive: true, force: true });
  });
  return { data, start };
}

/** Kills the command, and resolves when nothing is left of what it had started: that sees that it is gone, and ends. */
async function killed({ pid, signal, ended }: NpmStart): Promise<void> {
  const all = descendantsOf(pid);
  signal('SIGKILL');
  await ended;
  await waitFor(() => !all.some(isAlive), { timeoutMs: 30_000 });
}

/** Ctrl-C, and then nothing is left of all that the command had started. */
async function endByCtrlC({ pid, running, said, signal, ended }: NpmStart): Promise<void> {
  const all = descendantsOf(pid);
  for (const { name, pid } of running.services) assert.ok(all.includes(pid ?? 0), name);
  signal('SIGINT');
  await ended;
  assert.match(said(), /All ended in/);
  assert.deepEqual(all.filter(isAlive), []);
}

interface Entry {
  message: string;
  time: string;
  reason?: string;
}

/** When a service began to drain and when it had, and why. */
function drainOf(logs: string, name: string) {
  const lines = readFileSync(join(logs, `${name}.log`), 'utf8').split('\n');
  const entries = lines
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Entry);
  const reasons = entries.filter(({ message }) => /draining/i.test(message));
  const done = entries.filter(({ message }) => message.startsWith('Drain: '));
  return {
    reasons: reasons.map(({ reason }) => reason),
    began: Date.parse(reasons[0]?.time ?? ''),
    ended: Date.parse(done.at(-1)?.time ?? ''),
  };
}

/** No service had the terminal's signal: each was asked by the runner, the gateway before all others. */
function drainedInOrder({ logsFolder }: Runtime): void {
  const [gateway, ...others] = services.map((name) => drainOf(logsFolder, name));
  for (const { reasons, began } of others) {
    assert.deepEqual(reasons, ['SIGTERM']);
    assert.ok(gateway && gateway.ended <= began, 'the gateway has ended before');
  }
  assert.deepEqual(gateway?.reasons, ['SIGTERM']);
}

async function demo(data: string): Promise<void> {
  const { stdout } = await promisify(execFile)('npm', ['run', 'demo'], {
    cwd: root,
    env: terminalEnvironment({ QUAYSIDE_DATA: data }),
  });
  assert.match(stdout, /Done: Ada has 40\.00 EUR, Ben has 35\.00 EUR\./);
}

/** What everybody has, whoever they are. */
async function balances({ databaseUrls }: Runtime): Promise<string[]> {
  const client = new Client({ connectionString: databaseUrls.payments?.runtime });
  await client.connect();
  try {
    const { rows } = await client.query<{ balance: string }>(
      'SELECT balance FROM accounts WHERE user_id IS NOT NULL ORDER BY account_id',
    );
    return rows.map(({ balance }) => balance);
  } finally {
    await client.end();
  }
}

const skip = process.env.QUAYSIDE_PROGRAMS !== undefined && 'npm start runs no images';

test(
  'npm start, the demo, Ctrl-C: all drain in order, nothing is left running, the next start has the money',
  { skip },
  async (t) => {
    const { data, start } = onOneFolder(t);
    const first = await start();
    await demo(data);
    const before = await balances(first.running);
    assert.deepEqual([...before].sort(), ['3500', '4000']);
    await endByCtrlC(first);
    drainedInOrder(first.running);
    assert.equal(findRunning(data), undefined);

    const second = await start();
    assert.deepEqual(await balances(second.running), before);
    await demo(data);
    assert.equal((await balances(second.running)).length, 4);
    await endByCtrlC(second);
    const secrets = readSecrets(second.running.secretsFile);
    assert.deepEqual(await findSecretsInLogs(second.running.logsFolder, secrets), []);
  },
);
