import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { Client } from 'pg';
import { startSystem, type StartSystemOptions } from '../src/index';
import { isAlive } from '../src/postgres/pid-file';
import { findRunning } from '../src/runner/runtime-file';
import { fakeTopology } from './fake-service';
import { temporaryFolder, until } from './temporary-folder';

const lines = (file: string): string[] =>
  existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : [];

async function start(t: TestContext, folder: string, more: Partial<StartSystemOptions> = {}) {
  const { topology, journal } = fakeTopology(folder);
  const system = await startSystem({
    dataDir: join(folder, 'data'),
    ports: 'free',
    quiet: true,
    topology,
    ...more,
    env: { FAKE_JOURNAL: journal, ...more.env },
  });
  t.after(() => system.stop());
  return { system, journal };
}

/** `npm start` on stand-ins, as a process of its own. */
function runner(t: TestContext, folder: string, options: string[] = []) {
  const program = join(__dirname, 'fake-runner.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', program, folder, ...options], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // A process group of its own, as a terminal gives to a command.
    detached: true,
  });
  const out = { text: '' };
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (out.text += chunk.toString()));
  }
  t.after(() => child.kill('SIGKILL'));
  return { child, out };
}

const ended = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => child.once('exit', resolve));

const pidsOf = (folder: string): number[] =>
  findRunning(join(folder, 'data'))?.services.flatMap(({ pid }) => pid ?? []) ?? [];

test('starts in order with what each service needs, and drains in the opposite order', async (t) => {
  const { system, journal } = await start(t, temporaryFolder(t));
  const admin = await fetch(system.adminUrls.gateway!);
  const settings = (await admin.json()) as Record<string, string>;
  const urls = system.databaseUrls.gateway!;
  assert.equal(settings.DATABASE_URL, urls.runtime);
  assert.equal(settings.MIGRATION_DATABASE_URL, undefined);
  assert.equal(settings.KAFKA_BROKERS, system.kafkaBrokers);
  assert.match(settings.AUTH_ADDRESS ?? '', /^127\.0\.0\.1:\d+$/);
  assert.ok((settings.SERVICE_TOKEN_SECRET ?? '').length >= 32);
  assert.equal(settings.SIGNING_KEYS_SECRET, undefined);
  assert.match(settings.NODE_COMPILE_CACHE ?? '', /\/node_modules\/\.cache\/quayside\//);
  const ofAuth = (await (await fetch(system.adminUrls.auth!)).json()) as Record<string, string>;
  assert.ok((ofAuth.SIGNING_KEYS_SECRET ?? '').length >= 32);
  assert.match(ofAuth.MAIL_FOLDER ?? '', /mail$/);
  const client = new Client({ connectionString: urls.runtime });
  await client.connect();
  await client.end();
  await system.stop();
  const journalLines = lines(journal);
  const at = (line: string): number => {
    assert.ok(journalLines.includes(line), `${line} is missing`);
    return journalLines.indexOf(line);
  };
  assert.ok(at('auth migrated') < at('auth ready'));
  assert.ok(Math.max(at('auth ready'), at('payments ready')) < at('gateway ready'));
  assert.ok(at('gateway ended') < Math.min(at('auth draining'), at('payments draining')));
});

test('a crashed service is started again; so is PostgreSQL, with its data', async (t) => {
  const { system } = await start(t, temporaryFolder(t));
  const pid = (name: string) => system.services.find((one) => one.name === name)?.pid;
  for (const name of ['auth', 'postgres', 'broker']) {
    const before = pid(name)!;
    system.kill(name, 'SIGKILL');
    await until(`${name} is ended`, () => pid(name) !== before);
    await system.startProcess(name);
    assert.notEqual(pid(name), before);
  }
  const client = new Client({ connectionString: system.databaseUrls.auth!.owner });
  await client.connect();
  await client.end();
});

test('a crash is shown with when it starts again, a little later each time', async (t) => {
  const folder = temporaryFolder(t);
  const { out } = runner(t, folder);
  await until('ready', () => out.text.includes('Ready in'));
  const pid = () =>
    findRunning(join(folder, 'data'))?.services.find(({ name }) => name === 'auth')?.pid;
  for (const pause of [0.5, 1, 2]) {
    const crashed = `auth             crashed: ended by itself (SIGKILL); starts again in ${pause} s\n`;
    const before = pid();
    process.kill(before!, 'SIGKILL');
    await until(crashed, () => out.text.includes(crashed));
    await until('it is back', () => pid() !== undefined && pid() !== before);
  }
});

test('a process can be stopped, stays down, and comes back', async (t) => {
  const { system, journal } = await start(t, temporaryFolder(t));
  await system.stopProcess('auth');
  assert.equal(lines(journal).at(-1), 'auth ended');
  await assert.rejects(fetch(system.adminUrls.auth!));
  await system.startProcess('auth');
  assert.equal((await fetch(system.adminUrls.auth!)).status, 200);
});

test('a service that does not start fails the start with its last words, and nothing is left', async (t) => {
  const folder = temporaryFolder(t);
  await assert.rejects(
    start(t, folder, { env: { FAKE_BROKEN: 'payments' } }),
    /payments: ended by itself \(exit code 3\)[^]*no luck today/,
  );
  assert.equal(findRunning(join(folder, 'data')), undefined);
  assert.ok(lines(join(folder, 'journal')).includes('auth ended'));
});

test('only what is chosen and what it calls', async (t) => {
  const { system } = await start(t, temporaryFolder(t), { only: ['payments'] });
  const names = system.services.map(({ name }) => name);
  assert.deepEqual(names, ['postgres', 'broker', 'auth', 'payments']);
  await assert.rejects(start(t, temporaryFolder(t), { only: ['bank'] }), /no service "bank"/);
});

test('what the user brings is not started', async (t) => {
  const first = await start(t, temporaryFolder(t));
  const { kafkaBrokers, databaseUrls } = first.system;
  const env: NodeJS.ProcessEnv = { KAFKA_BROKERS: kafkaBrokers };
  for (const [name, urls] of Object.entries(databaseUrls)) {
    env[`${name.toUpperCase()}_DATABASE_URL`] = urls.runtime;
    env[`${name.toUpperCase()}_MIGRATION_DATABASE_URL`] = urls.owner;
  }
  const { system } = await start(t, temporaryFolder(t), { env });
  const names = system.services.map(({ name }) => name);
  assert.deepEqual(names, ['auth', 'payments', 'gateway']);
  assert.deepEqual(system.databaseUrls, databaseUrls);
});

test('secrets are for the owner of the folder alone and survive a second start', async (t) => {
  const folder = temporaryFolder(t);
  const first = await start(t, folder);
  const { databaseUrls } = first.system;
  const password = new URL(databaseUrls.auth!.runtime).password;
  for (const file of ['secrets.json', 'runtime.json']) {
    assert.equal(statSync(join(folder, 'data', file)).mode & 0o777, 0o600, file);
  }
  await first.system.stop();
  const second = await start(t, folder);
  assert.equal(new URL(second.system.databaseUrls.auth!.runtime).password, password);
});

test('lost secrets are told about, the data is left alone', async (t) => {
  const folder = temporaryFolder(t);
  const { system } = await start(t, folder);
  await system.stop();
  rmSync(join(folder, 'data/secrets.json'));
  await assert.rejects(start(t, folder), /secrets\.json is missing.*Put it back, or begin empty/);
  assert.ok(existsSync(join(folder, 'data/postgres/PG_VERSION')));
});

test('reset begins empty', async (t) => {
  const folder = temporaryFolder(t);
  const first = await start(t, folder);
  const { secretsFile } = findRunning(join(folder, 'data'))!;
  const before = readFileSync(secretsFile, 'utf8');
  await first.system.stop();
  await start(t, folder, { reset: true });
  assert.notEqual(readFileSync(secretsFile, 'utf8'), before);
});

test('removeOnStop leaves nothing', async (t) => {
  const folder = temporaryFolder(t);
  const { system } = await start(t, folder, { removeOnStop: true });
  await system.stop();
  assert.equal(existsSync(join(folder, 'data')), false);
});

test('a usual port that is taken is replaced, and that is said', async (t) => {
  const folder = temporaryFolder(t);
  const { topology } = fakeTopology(folder);
  const blocker = createServer();
  const usual = topology.services[0]!.ports.admin;
  await new Promise<void>((resolve) => blocker.listen(usual, '127.0.0.1', resolve));
  t.after(() => blocker.close());
  const log = t.mock.method(console, 'log', () => undefined);
  const { system } = await start(t, folder, { ports: 'usual', quiet: false });
  const port = new URL(system.adminUrls.auth!).port;
  const said = log.mock.calls.map((call) => String((call.arguments as unknown[])[0]));
  assert.ok(said.includes(`Port ${usual} is taken; auth (admin) uses ${port}.`));
});

test('Ctrl-C drains; a second runner on the folder is refused; everything is gone afterwards', async (t) => {
  const folder = temporaryFolder(t);
  const { child, out } = runner(t, folder);
  await until('ready', () => out.text.includes('Ready in'));
  const pids = pidsOf(folder);
  assert.equal(pids.length, 5);

  const second = runner(t, folder);
  assert.equal(await ended(second.child), 1);
  assert.match(second.out.text, /Quayside already runs on .*data \(pid \d+\)\. Stop it first/);

  // The terminal sends it to the whole group, and npm passes it on: two at once are one.
  process.kill(-child.pid!, 'SIGINT');
  child.kill('SIGINT');
  assert.equal(await ended(child), 0, out.text);
  const journal = lines(join(folder, 'journal'));
  assert.deepEqual(journal.slice(-6, -4), ['gateway draining', 'gateway ended']);
  assert.deepEqual(
    journal.filter((line) => line.includes('heard the terminal')),
    [],
  );
  assert.deepEqual(pids.filter(isAlive), []);
  assert.equal(existsSync(join(folder, 'data/runtime.json')), false);
});

test('a second Ctrl-C kills', async (t) => {
  const folder = temporaryFolder(t);
  process.env.FAKE_DRAIN_MS = '60000';
  t.after(() => delete process.env.FAKE_DRAIN_MS);
  const { child, out } = runner(t, folder);
  await until('ready', () => out.text.includes('Ready in'));
  const pids = pidsOf(folder);
  child.kill('SIGINT');
  await until('draining', () => lines(join(folder, 'journal')).includes('gateway draining'));
  const gone = ended(child);
  const again = setInterval(() => child.kill('SIGINT'), 500);
  t.after(() => clearInterval(again));
  assert.equal(await gone, 130, out.text);
  assert.deepEqual(pids.filter(isAlive), []);
  assert.ok(!lines(join(folder, 'journal')).includes('gateway ended'));
});

test('nothing outlives a runner that is killed, and the next start works', async (t) => {
  const folder = temporaryFolder(t);
  const { child, out } = runner(t, folder);
  await until('ready', () => out.text.includes('Ready in'));
  const pids = pidsOf(folder);
  child.kill('SIGKILL');
  await until('all children ended', () => !pids.some(isAlive));
  assert.ok(lines(join(folder, 'journal')).includes('payments ended'), 'they drain');
  const { system } = await start(t, folder);
  assert.equal((await fetch(system.adminUrls.auth!)).status, 200);
});
