// The load of `npm run test:cluster` and its audit, against a whole embedded system: what it says must be so.
import assert from 'node:assert/strict';
import { createServer, request, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test, type TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { RunningSystem } from '@quayside/dev';
import { startTemporarySystem } from '../../temporary';
import { startLocalLoad } from './local';

let system: RunningSystem;
before(async () => {
  system = await startTemporarySystem();
});
after(() => system.stop());

const settings = { people: 3, perSecond: 30 };

/** A gateway before the gateway that does with each request what `meddle` says; true: it was answered there. */
async function startMeddler(
  t: TestContext,
  meddle: (...request: Parameters<RequestListener>) => boolean,
) {
  const { hostname, port } = new URL(system.gatewayUrl);
  const server: Server = createServer((incoming, answer) => {
    if (meddle(incoming, answer)) return;
    const { url: path, method, headers } = incoming;
    const onward = request({ hostname, port, path, method, headers }, (response) => {
      answer.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(answer);
    });
    onward.on('error', () => answer.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('a healthy system: nothing fails, and every accepted payment is in its places', async () => {
  const load = await startLocalLoad(system.gatewayUrl, settings);
  await load.ready();
  await load.cut();
  await delay(3_000);
  const summary = await load.cut();
  assert.deepEqual([summary.failed, summary.failures, summary.recoveryMs], [0, [], 0]);
  assert.ok(summary.requests > 40, `${summary.requests} requests`);
  assert.ok(summary.p50Ms > 0 && summary.p50Ms <= summary.p99Ms && summary.p99Ms <= summary.maxMs);
  const { accepted, entries, events, findings } = await load.audit();
  assert.deepEqual(findings, []);
  assert.ok(accepted > 20, `${accepted} payments`);
  assert.deepEqual([entries, events], [2 * accepted, 2 * accepted]);
  await load.end();
});

test('an outage is counted and timed, and what was under way is decided afterwards', async (t) => {
  let out = false;
  const url = await startMeddler(t, (incoming, answer) => {
    // Every other request is done all the same, and only its answer is lost.
    if (out && Math.random() < 0.5) incoming.socket.destroy();
    else if (out) answer.writeHead = () => answer.destroy();
    return false;
  });
  const load = await startLocalLoad(url, settings);
  await load.ready();
  await load.cut();
  await delay(500);
  out = true;
  await delay(1_500);
  out = false;
  await delay(1_000);
  const { failed, requests, recoveryMs, failures } = await load.cut();
  assert.ok(failed > 10 && failed < requests, `${failed} of ${requests} failed`);
  assert.ok(recoveryMs > 700 && recoveryMs < 3_000, `recovered after ${recoveryMs} ms`);
  assert.ok(failures[0]!.error);
  assert.deepEqual((await load.audit()).findings, []);
  await load.end();
});

test('a payment that was accepted and is not there is found', async (t) => {
  let made = 0;
  const url = await startMeddler(t, ({ method, url: path }, answer) => {
    if (method !== 'POST' || path !== '/api/v1/payments' || made > 0) return false;
    made += 1;
    const body = { paymentId: '0199aaaa-0000-7000-8000-000000000000', status: 'completed' };
    answer.writeHead(201, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    return true;
  });
  const load = await startLocalLoad(url, { ...settings, eventsWithinSeconds: 3 });
  await load.ready();
  await delay(1_500);
  // Its event will never come.
  const { findings } = await load.audit();
  assert.equal(made, 1);
  const text = findings.join('\n');
  assert.match(text, /has \d+ and should have \d+/);
  assert.match(text, /statement of load\d_\w+: 1 accepted payments are missing, such as 0199aaaa/);
  assert.match(text, /feed of load\d_\w+: 1 accepted payments are missing/);
  await load.end();
});
