// The smoke test itself: passes against a whole system, and fails for one that takes money twice.
import assert from 'node:assert/strict';
import { createServer, request, type Server } from 'node:http';
import { isBuiltin } from 'node:module';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import type { RunningSystem } from '@quayside/dev';
import { build } from 'esbuild';
import { startTemporarySystem } from '../temporary';
import { paceOf, repeatSmoke, runSmoke, waitForGateway, type Clock } from './run';
import { steps } from './steps';
import { codeOf } from './totp';

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

const target = () => ({
  gatewayUrl: system.gatewayUrl,
  cardProcessorUrl: system.cardProcessorUrl,
});

test('passes every step against a whole system', async () => {
  const lines: string[] = [];
  await waitForGateway(system.gatewayUrl, 5_000);
  const result = await runSmoke(target(), (line) => lines.push(line));
  const all = { passed: steps.length, failed: 0, skipped: 0 };
  assert.deepEqual(result, all, lines.join('\n'));
});

test('repeats the walk until the time is over, adds up, and says why cards are not tried', async () => {
  const lines: string[] = [];
  const { gatewayUrl } = system;
  let now = 0;
  const clock: Clock = {
    now: () => now,
    wait: (ms) => Promise.resolve(void (now += ms)),
  };
  const say = (line: string) => lines.push(line);
  const result = await repeatSmoke({ gatewayUrl }, 15, say, clock);
  const each = steps.length - 1;
  assert.deepEqual(result, { passed: 2 * each, failed: 0, skipped: 2 }, lines.join('\n'));
  assert.equal(now, 10_000, 'the time between the two');
  assert.match(lines.join('\n'), /skip {2}cards .*: CARD_PROCESSOR_URL does not say/);
});

test('however long it repeats, it signs up fewer people than the gateway takes from one address', () => {
  for (const seconds of [0, 30, 240, 600, 3600]) {
    const walks = Math.max(1, Math.ceil(Math.min(seconds, 600) / (paceOf(seconds) / 1000)));
    assert.ok(walks * 3 < 100, `${walks} walks in ten minutes of ${seconds} s`);
  }
});

test('fails when the same payment is taken twice', async () => {
  const proxy = await forgetfulProxy(system.gatewayUrl);
  const lines: string[] = [];
  const gatewayUrl = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const { failed } = await runSmoke({ gatewayUrl }, (line) => lines.push(line));
  proxy.closeAllConnections();
  proxy.close();
  assert.ok(failed >= 1);
  assert.match(
    lines.join('\n'),
    /FAIL {2}a top-up and a payment move money: the same key paid twice/,
  );
});

test('is one file that needs nothing but Node', async () => {
  const entryPoints = ['e2e/smoke/main.ts'];
  const how = { bundle: true, write: false, metafile: true, packages: 'external' } as const;
  const { metafile } = await build({ entryPoints, platform: 'node', ...how });
  const needed = Object.values(metafile.outputs).flatMap(({ imports }) =>
    imports.filter(({ path }) => !isBuiltin(path)),
  );
  assert.deepEqual(needed, []);
});

test('its authenticator is the one of RFC 6238', () => {
  const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
  const codes = [59, 1_111_111_109, 20_000_000_000].map((second) => codeOf(secret, second * 1000));
  assert.deepEqual(codes, ['287082', '081804', '353130']);
});

test('says that nothing answers', async () => {
  await assert.rejects(waitForGateway('http://127.0.0.1:9', 300), /did not answer within/);
});
