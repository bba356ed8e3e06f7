import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ConfigError } from '@quayside/config';
import { logger } from '@quayside/telemetry';
import { StartAborted, waitUntil } from './retry';

describe('waiting at start', () => {
  const said: string[] = [];
  const log = Object.assign(logger.child({}), {
    warn: (fields: { reason: string }, message: string) =>
      void said.push(`${message}: ${fields.reason}`),
  });
  const { signal } = new AbortController();

  it('tries until it works and says once what it waits for', async () => {
    let attempts = 0;
    const result = await waitUntil(
      'the database',
      () => {
        attempts += 1;
        return attempts < 3 ? Promise.reject(new Error('refused')) : Promise.resolve('here');
      },
      { signal, log },
    );
    assert.equal(result, 'here');
    assert.deepEqual(said, ['Waiting for the database: refused']);
  });

  it('gives up at once when it is told to', async () => {
    const stopping = new AbortController();
    const waiting = waitUntil('nothing', () => Promise.reject(new Error('no')), {
      signal: stopping.signal,
      log,
    });
    stopping.abort();
    await assert.rejects(waiting, StartAborted);
  });

  it('does not wait for a setting', async () => {
    const attempt = () => Promise.reject(new ConfigError(['AUTH_ADDRESS is not set.']));
    await assert.rejects(waitUntil('keys', attempt, { signal, log }), /AUTH_ADDRESS/);
  });
});
