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
  assert.equal((answer.body as { detail: string }).detail, full.message);
  assert.match(
    await metrics.registry.metrics(),
    /^http_server_request_duration_seconds_count\{.*http_request_method="POST",http_route="unmatched",http_response_status_code="503".*\} 1$/m,
  );
});
