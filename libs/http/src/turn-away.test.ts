import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { QuaysideError } from '@quayside/errors';
import { metrics } from '@quayside/telemetry';
import request from 'supertest';
import { turnAwayWith } from './turn-away';

const full = new QuaysideError('unavailable', 'There is too much to do.');

test('who is turned away is told why and when to come back, and is counted', async () => {
  const server = createServer(turnAwayWith(full, ['https://app.example']));
  const answer = await request(server)
    .post('/orders')
    .set('origin', 'https://app.example')
    .set('x-request-id', 'mine')
    .send({ a: 1 });
  assert.equal(answer.status, 503);
  assert.equal(answer.headers['content-type'], 'application/problem+json; charset=utf-8');
  assert.equal(answer.headers['retry-after'], '1');
  assert.equal(answer.headers['x-request-id'], 'mine');
  assert.equal(answer.headers['access-control-allow-origin'], 'https://app.example');
  const { detail, traceId } = answer.body as { detail: string; traceId: string };
  assert.equal(detail, full.message);
  assert.match(String(answer.headers.traceresponse), new RegExp(`^00-${traceId}-[0-9a-f]{16}-00$`));
  assert.match(
    await metrics.registry.metrics(),
    /^http_server_request_duration_seconds_count\{.*http_request_method="POST",http_route="unmatched",http_response_status_code="503".*\} 1$/m,
  );
});

test('HEAD gets the same without the body; a body that is long ends the connection', async () => {
  const server = createServer(turnAwayWith(full));
  const head = await request(server).head('/orders').set('connection', 'keep-alive');
  assert.equal(head.status, 503);
  assert.ok(Number(head.headers['content-length']) > 100);
  assert.equal(head.headers.connection, 'keep-alive');
  const long = await request(server)
    .post('/orders')
    .set('connection', 'keep-alive')
    .send({ a: 'x'.repeat(64 * 1024) });
  assert.deepEqual([long.status, long.headers.connection], [503, 'close']);
});
