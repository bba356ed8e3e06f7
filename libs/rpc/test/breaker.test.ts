import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { QuaysideError, type ErrorCode } from '@quayside/errors';
import { metrics } from '@quayside/telemetry';
import { deferred, startClient, startServer, until } from './fixture';

const breaker = { volumeThreshold: 10, resetMs: 400 };
const TIMES = 12;

async function startSwitchable(t: Parameters<typeof startServer>[0]) {
  const state: { code?: ErrorCode; calls: number; wait?: Promise<void> } = { calls: 0 };
  const { address } = await startServer(t, {
    handlers: {
      Login: async () => {
        state.calls += 1;
        await state.wait;
        if (state.code) throw new QuaysideError(state.code, 'The test says so.');
        return { userId: 'ada' };
      },
    },
  });
  return { client: startClient(t, address, { breaker }), state };
}

type Switchable = Awaited<ReturnType<typeof startSwitchable>>;

async function fail({ client, state }: Switchable, code: ErrorCode) {
  state.code = code;
  for (let n = 0; n < TIMES; n += 1) await assert.rejects(client.Login({}));
}

const published = async () =>
  (await metrics.registry.getSingleMetricAsString('rpc_client_circuit_breaker_state')).match(
    /rpc_service="quayside.auth.v1.AuthService"} (\S+)/,
  )?.[1];

describe('the circuit breaker', () => {
  for (const code of ['unavailable', 'deadline_exceeded', 'internal'] as const) {
    test(`opens on ${code}, then answers at once without calling`, async (t) => {
      const switchable = await startSwitchable(t);
      const { client, state } = switchable;
      await fail(switchable, code);
      assert.equal(client.state(), 'open');
      const before = state.calls;
      await assert.rejects(client.Login({}), { code: 'unavailable', message: /auth is not avail/ });
      assert.equal(state.calls, before);
    });
  }

  for (const code of ['not_found', 'forbidden', 'conflict', 'insufficient_funds'] as const) {
    test(`does not mind ${code}: a refusal is an answer`, async (t) => {
      const switchable = await startSwitchable(t);
      await fail(switchable, code);
      assert.equal(switchable.client.state(), 'closed');
    });
  }

  test('probes with one call, opens again when it fails, closes when it succeeds', async (t) => {
    const switchable = await startSwitchable(t);
    const { client, state } = switchable;
    await fail(switchable, 'unavailable');
    assert.equal(await published(), '1');
    await until(() => client.state() === 'half open');
    assert.equal(await published(), '0.5');
    const before = state.calls;
    const probe = deferred();
    state.wait = probe.promise;
    const first = client.Login({});
    await until(() => state.calls === before + 1);
    await assert.rejects(client.Login({}), { message: /auth is not available/ });
    assert.equal(state.calls, before + 1, 'one probe only');
    probe.resolve();
    await assert.rejects(first, { message: 'The test says so.' });
    assert.equal(client.state(), 'open');

    state.code = undefined;
    await until(() => client.state() === 'half open');
    assert.equal((await client.Login({})).userId, 'ada');
    assert.equal(client.state(), 'closed');
    assert.equal(await published(), '0');
  });

  test('closes on a probe that is refused: somebody is there again', async (t) => {
    const switchable = await startSwitchable(t);
    const { client, state } = switchable;
    await fail(switchable, 'unavailable');
    await until(() => client.state() === 'half open');
    state.code = 'not_found';
    await assert.rejects(client.Login({}), { code: 'not_found' });
    assert.equal(client.state(), 'closed');
  });

  test('needs a number of calls before it judges', async (t) => {
    const { client, state } = await startSwitchable(t);
    state.code = 'unavailable';
    for (let n = 0; n < breaker.volumeThreshold - 1; n += 1) await assert.rejects(client.Login({}));
    assert.equal(client.state(), 'closed');
  });

  test('belongs to one downstream: another client is not affected', async (t) => {
    const [down, up] = [await startSwitchable(t), await startSwitchable(t)];
    await fail(down, 'unavailable');
    assert.equal(down.client.state(), 'open');
    assert.equal((await up.client.Login({})).userId, 'ada');
  });
});

test('a limit on calls under way refuses more, and does not open the breaker', async (t) => {
  const waiting = deferred();
  let calls = 0;
  const { address } = await startServer(t, {
    handlers: {
      Login: async () => {
        calls += 1;
        await waiting.promise;
        return {};
      },
    },
  });
  const client = startClient(t, address, { maxConcurrent: 2, breaker });
  const accepted = [client.Login({}), client.Login({})];
  await until(() => calls === 2);
  for (let n = 0; n < TIMES; n += 1) {
    await assert.rejects(client.Login({}), { code: 'unavailable', message: /auth is busy/ });
  }
  assert.equal(client.state(), 'closed');
  waiting.resolve();
  await Promise.all(accepted);
  assert.ok(await client.Login({}));
});
