// The smoke test itself: passes against a whole system, and fails for one that takes money twice.
import assert from 'node:assert/strict';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import type { RunningSystem } from '@quayside/dev';
import { startTemporarySystem } from '../temporary';
import { repeatSmoke, runSmoke, waitForGateway } from './run';

let system: RunningSystem;
before(async () => {
  system = await startTemporarySystem();
});
after(() => system.stop());

/** A gateway before the gateway that drops the idempotency key of payments, as a careless proxy would. */
function forgetfulProxy(target: string): Promise<Server> {
  const { hostname, port } = new URL(target);
  const server = createServer((incoming, answer) => {
    const headers = { ...incoming.headers };
    if (incoming.url === '/api/v1/payments') headers['idempotency-key'] = crypto.randomUUID();
    const onward = request(
      { hostname, port, path: incoming.url, method: incoming.method, headers },
      (response) => {
        answer.writeHead(response.statusCode ?? 502, response.headers);
        response.pipe(answer);
      },
    );
    onward.on('error', () => answer.destroy());
    incoming.pipe(onward);
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve(server);
    });
  });
}

test('passes every step against a whole system', async () => {
  const lines: string[] = [];
  await waitForGateway(system.gatewayUrl, 5_000);
  const result = await runSmoke(system.gatewayUrl, (line) => lines.push(line));
  assert.deepEqual(result, { passed: 7, failed: 0 }, lines.join('\n'));
});

test('repeats the walk until the time is over, and adds up', async () => {
  const { passed, failed } = await repeatSmoke(system.gatewayUrl, 0.5, () => undefined);
  assert.equal(failed, 0);
  assert.ok(passed >= 7 && passed % 7 === 0, `${passed} passed`);
});

test('fails when the same payment is taken twice', async () => {
  const proxy = await forgetfulProxy(system.gatewayUrl);
  const lines: string[] = [];
  const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const { failed } = await runSmoke(url, (line) => lines.push(line));
  proxy.closeAllConnections();
  proxy.close();
  assert.ok(failed >= 1);
  assert.match(
    lines.join('\n'),
    /FAIL {2}a top-up and a payment move money: the same key paid twice/,
  );
});

test('says that nothing answers', async () => {
  await assert.rejects(waitForGateway('http://127.0.0.1:9', 300), /did not answer within/);
});
