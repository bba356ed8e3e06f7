import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { QuaysideError, type ErrorCode } from '@quayside/errors';
import { startClient, startServer } from './fixture';

const breaker = { volumeThreshold: 1_000_000 };

/** A server whose Login and Refresh fail so many times, then answer; counts the attempts. */
async function startFailing(
  t: Parameters<typeof startServer>[0],
  times: number,
  code: ErrorCode,
  retries?: 'off',
) {
  const attempts = { Login: 0, Refresh: 0 };
  const handle = (method: keyof typeof attempts) => () => {
    attempts[method] += 1;
    return attempts[method] <= times
      ? Promise.reject(new QuaysideError(code, 'Not now.'))
      : Promise.resolve({ userId: 'ada' });
  };
  const { address } = await startServer(t, {
    handlers: { Login: handle('Login'), Refresh: handle('Refresh') },
  });
  const client = startClient(t, address, { retryable: ['Login'], breaker, retries });
  return { client, attempts };
}

describe('retries', () => {
  test('a method that may be repeated is, until it succeeds', async (t) => {
    const { client, attempts } = await startFailing(t, 2, 'unavailable');
    assert.equal((await client.Login({})).userId, 'ada');
    assert.equal(attempts.Login, 3);
  });

  test('a method that may not be repeated is sent once', async (t) => {
    const { client, attempts } = await startFailing(t, 2, 'unavailable');
    await assert.rejects(client.Refresh({}), { code: 'unavailable', message: 'Not now.' });
    assert.equal(attempts.Refresh, 1);
  });

  test('nothing is repeated where a mesh does that', async (t) => {
    const { client, attempts } = await startFailing(t, 1, 'unavailable', 'off');
    await assert.rejects(client.Login({}), { code: 'unavailable' });
    assert.equal(attempts.Login, 1);
  });

  test('four attempts are enough', async (t) => {
    const { client, attempts } = await startFailing(t, 1_000, 'unavailable');
    await assert.rejects(client.Login({}), { code: 'unavailable' });
    assert.equal(attempts.Login, 4);
  });

  test('only what says that it did not happen is repeated', async (t) => {
    for (const code of ['internal', 'deadline_exceeded', 'conflict', 'rate_limited'] as const) {
      const { client, attempts } = await startFailing(t, 1_000, code);
      await assert.rejects(client.Login({}), { code });
      assert.equal(attempts.Login, 1, code);
    }
  });

  test('the deadline holds over all attempts together', async (t) => {
    const { client, attempts } = await startFailing(t, 1_000, 'unavailable');
    const deadline = new Date(Date.now() + 40);
    await assert.rejects(client.Login({}, { deadline }), QuaysideError);
    assert.ok(attempts.Login < 4, `${attempts.Login} attempts in 40 ms`);
  });

  test('a budget ends them when everything fails', async (t) => {
    const { client, attempts } = await startFailing(t, 1_000_000, 'unavailable');
    // 100 tokens, one per failure, and no retry below half of them: gRPC proposal A6.
    for (let round = 0; round < 3; round += 1) {
      await Promise.allSettled(Array.from({ length: 25 }, () => client.Login({})));
    }
    assert.ok(attempts.Login < 150, `75 calls made ${attempts.Login} attempts`);
    const before = attempts.Login;
    await assert.rejects(client.Login({}), { code: 'unavailable' });
    assert.equal(attempts.Login, before + 1, 'nothing is left of the budget');
  });
});
