import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { prometheus } from '../src/prometheus';
import { waitForRollout } from '../src/rollout';
import { watchSlo, type Slo } from '../src/slo';
import { pictured, stubPrometheus, type Picture } from './stub-prometheus';

const pods = { namespace: 'quayside', service: 'gateway', track: 'canary' };
const slo: Slo = { objective: 0.999, maxBurn: 14.4, maxP99Seconds: 1, minRequests: 50 };
// Five looks.
const watch = { seconds: 0.05, everySeconds: 0.01, windowSeconds: 120 };
const quiet = (): void => undefined;

/** Watches the pods of a picture that may change from look to look. */
async function watched(looks: Picture[]): Promise<void> {
  let look = -1;
  const stub = await stubPrometheus((expression) => {
    // Each look begins with the number of requests.
    if (expression.includes('increase(') && !expression.includes('5..')) look += 1;
    return pictured(() => looks[Math.min(look, looks.length - 1)]!)(expression);
  });
  try {
    await watchSlo(prometheus({ url: stub.url }), pods, slo, watch, quiet);
  } finally {
    await stub.stop();
  }
}

test('good pods pass', () => watched([{ failed: 1, p99: 0.2 }]));

test('a budget that burns too fast stops the release', async () => {
  // 2 % of failures at an objective of 99.9 % burn twenty times too fast.
  await assert.rejects(watched([{ failed: 20 }]), /gateway canary: .*burns 20\.0 times too fast/);
});

test('one bad look between good ones is let pass', () =>
  watched([{ failed: 0 }, { failed: 50 }, { failed: 0 }]));

test('pods that are slow stop the release', async () => {
  await assert.rejects(watched([{ p99: 3 }]), /p99 is 3\.00 s/);
});

test('too few requests are no proof: the release does not go on', async () => {
  await assert.rejects(watched([{ requests: 3 }]), /fewer than 50 requests .*cannot be judged/);
});

test('few requests that fail are not judged while others follow', () =>
  watched([{ requests: 3, failed: 3 }, { requests: 3, failed: 3 }, { requests: 900 }]));

test('the queries name the pods and count HTTP and gRPC', async () => {
  const stub = await stubPrometheus(pictured(() => ({})));
  await watchSlo(prometheus({ url: stub.url }), pods, slo, { ...watch, seconds: 0 }, quiet);
  await stub.stop();
  for (const expression of stub.asked) {
    assert.match(
      expression,
      /namespace="quayside",container="gateway",quayside_dev_track="canary"/,
    );
    assert.match(expression, /http_server_request_duration_seconds/);
    assert.match(expression, /rpc_server_duration_seconds/);
  }
});

test('a rollout is done when only the new version runs and all of it is ready', async () => {
  const states: Picture[] = [
    { current: 0, others: 3, ready: 3 },
    { current: 2, others: 1, ready: 3 },
    { current: 3, others: 0, ready: 2 },
    { current: 3, others: 0, ready: 3 },
  ];
  let asked = 0;
  const stub = await stubPrometheus((expression) =>
    pictured(() => states[Math.min(Math.floor(asked++ / 3), 3)]!)(expression),
  );
  const lines: string[] = [];
  const patience = { seconds: 5, everySeconds: 0.01 };
  await waitForRollout(prometheus({ url: stub.url }), pods, 'v2', patience, (line) =>
    lines.push(line),
  );
  await stub.stop();
  assert.equal(lines.length, 4);
  assert.match(stub.asked.join('\n'), /deployment="gateway-canary"/);
});

test('a rollout that never comes ends with a sentence', async () => {
  const stub = await stubPrometheus(pictured(() => ({ current: 0, others: 2 })));
  const patience = { seconds: 0.05, everySeconds: 0.01 };
  await assert.rejects(
    waitForRollout(prometheus({ url: stub.url }), pods, 'v2', patience, quiet),
    /does not run everywhere .*synced with Git/,
  );
  await stub.stop();
});

test('a Prometheus that refuses, or answers with several series, is an error and no number', async () => {
  let reply = { code: 422, body: '{"status":"error","error":"parse error"}' };
  const server = createServer((_, response) => {
    response.writeHead(reply.code).end(reply.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const query = prometheus({
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/prefix`,
  });
  await assert.rejects(query('sum('), /answered 422 to sum\(: parse error/);
  reply = { code: 502, body: '<html>' };
  await assert.rejects(query('up'), /answered 502/);
  const value = [0, '1'];
  const body = JSON.stringify({ status: 'success', data: { result: [{ value }, { value }] } });
  reply = { code: 200, body };
  await assert.rejects(query('up'), /2 series for up/);
  server.close();
});
