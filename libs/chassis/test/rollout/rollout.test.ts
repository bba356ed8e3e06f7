// A service in a cluster, without one: real processes on addresses of their own behind a name server. What it shows
// needs the product's own client and server: with grpc-js's defaults a rollout fails calls for seconds.
import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import net from 'node:net';
import { test, type TestContext } from 'node:test';
import type { Report } from './caller';
import { startDnsServer } from './dns-server';
import { createReplicas } from './replicas';

const name = 'auth-headless.quayside.svc';

/** Whether this machine has 127.0.0.x: Linux has all of them, macOS only the first. */
async function canListen(host: string, port = 0): Promise<number | undefined> {
  const server = net.createServer();
  const bound = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false)).listen(port, host, () => resolve(true));
  });
  if (!bound) return undefined;
  const free = (server.address() as net.AddressInfo).port;
  server.close();
  await once(server, 'close');
  return free;
}

function startCaller(t: TestContext, dnsServer: string, port: number) {
  const child = fork(`${import.meta.dirname}/caller.ts`, {
    env: { PATH: process.env.PATH, DNS_SERVER: dnsServer, AUTH_ADDRESS: `dns:///${name}:${port}` },
    execArgv: ['--import', 'tsx'],
  });
  t.after(() => child.kill('SIGKILL'));
  let report: Report = { calls: 0, failures: [], answered: {} };
  child.on('message', (told) => (report = told as Report));
  return {
    report: () => report,
    async stop() {
      child.send('stop');
      await once(child, 'exit');
      return report;
    },
  };
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
}

/**
 * The chart's. Longer than a client may take to hear of a new address, also when its machine is busy: the name's own
 * lag, and up to a second between two look-ups.
 */
const DRAIN_DELAY_MS = '5000';

const onlyOneAddress =
  'this machine listens on 127.0.0.1 only (macOS): the replicas need addresses of their own';

/** Replicas behind a name, and a service that calls them all the time. */
async function startSystem(t: TestContext, env: Record<string, string>) {
  const dns = await startDnsServer(name);
  t.after(() => dns.close());
  const port = (await canListen('127.0.0.1')) ?? 0;
  const replicas = createReplicas(dns, port, { DRAIN_DELAY_MS, ...env });
  t.after(() => replicas.close());
  await replicas.add(2);
  const caller = startCaller(t, dns.address, port);
  await until(() => caller.report().calls > 300);
  return {
    replicas,
    /** Resolves with the milliseconds until each of these has answered a call. */
    async answeredBy(addresses: string[]): Promise<number> {
      const since = performance.now();
      await until(() => addresses.every((each) => (caller.report().answered[each] ?? 0) > 0));
      return Math.round(performance.now() - since);
    },
    noFailure: (step: string) => assert.deepEqual(caller.report().failures, [], step),
    async end(): Promise<void> {
      const { calls, failures } = await caller.stop();
      assert.deepEqual(failures, []);
      t.diagnostic(`${calls} calls, none failed`);
    },
  };
}

test('replicas come, are replaced and go without a failed call', async (t) => {
  if ((await canListen('127.0.0.11')) === undefined) {
    t.skip(onlyOneAddress);
    return;
  }
  const { replicas, answeredBy, noFailure, end } = await startSystem(t, {});
  const tookMs = await answeredBy(await replicas.add(1));
  t.diagnostic(`a new replica was used after ${tookMs} ms`);
  assert.ok(tookMs < 10_000, `a new replica was used after ${tookMs} ms`);
  noFailure('one more');
  await replicas.remove(1);
  await answeredBy(await replicas.add(1));
  await replicas.remove(1);
  noFailure('one replaced');
  const fresh = await replicas.add(2);
  await replicas.remove(2);
  await answeredBy(fresh);
  noFailure('all replaced at once');
  await replicas.remove(1);
  await end();
});

test('neither does a call fail while connections end of age', async (t) => {
  if ((await canListen('127.0.0.11')) === undefined) {
    t.skip(onlyOneAddress);
    return;
  }
  const { replicas, noFailure, end } = await startSystem(t, { GRPC_MAX_CONNECTION_AGE_MS: '1000' });
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  noFailure('connections made anew');
  await replicas.add(1);
  await replicas.remove(2);
  await end();
});
