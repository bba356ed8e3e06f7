import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Metadata, type Client, type ServiceError } from '@grpc/grpc-js';
import { catalogue, QuaysideError, type ErrorCode } from '@quayside/errors';
import { metrics } from '@quayside/telemetry';
import { currentDeadline, runWithDeadline, type CallContext } from '../src/index';
import { deferred, definition, startClient, startPlainClient, startServer, until } from './fixture';

const inMs = (milliseconds: number) => new Date(Date.now() + milliseconds);

interface PlainClient {
  Login(
    request: object,
    metadata: Metadata,
    options: object,
    callback: (error: ServiceError | null) => void,
  ): { cancel(): void };
}

describe('a call', () => {
  test('carries the request there and the response back, defaults filled in', async (t) => {
    const { address } = await startServer(t, {
      handlers: {
        Login: ({ email, password }) =>
          Promise.resolve({ userId: `${email}/${password}`, tokens: { expiresInSeconds: 600 } }),
      },
    });
    assert.deepEqual(await startClient(t, address).Login({ email: 'ada@example.com' }), {
      userId: 'ada@example.com/',
      tokens: { accessToken: '', refreshToken: '', expiresInSeconds: 600 },
    });
  });

  test('ends with the error that the handler threw, whichever it is', async (t) => {
    let thrown = new Error();
    const { address } = await startServer(t, {
      handlers: { Login: () => Promise.reject(thrown) },
    });
    const client = startClient(t, address, { breaker: { volumeThreshold: 1_000 } });
    const fields = [{ path: '/email', message: 'keine Adresse: ä' }];
    for (const code of Object.keys(catalogue) as ErrorCode[]) {
      thrown = new QuaysideError(code, `Why ${code}: ü\ud800`, { fields });
      await assert.rejects(client.Login({}), (error: QuaysideError) => {
        assert.ok(error instanceof QuaysideError);
        assert.deepEqual([error.code, error.message], [code, `Why ${code}: ü\ufffd`]);
        assert.deepEqual(error.fields, fields);
        return true;
      });
    }
    for (const odd of [new Error('secret /srv/app.js'), 'secret', undefined, { code: 5 }]) {
      thrown = odd as Error;
      await assert.rejects(client.Login({}), (error: QuaysideError) => {
        assert.equal(error.code, 'internal');
        assert.doesNotMatch(`${error.message} ${String(error.cause)}`, /secret|app\.js/);
        return true;
      });
    }
  });

  test('ends with `internal` when the response does not fit, and the server goes on', async (t) => {
    const { address } = await startServer(t, {
      handlers: { Login: () => Promise.resolve({ tokens: 5 } as never) },
    });
    const client = startClient(t, address);
    await assert.rejects(client.Login({}), { code: 'internal' });
    assert.deepEqual(await client.Logout({}), {});
  });

  test('to nobody is `unavailable`, and names no host', async (t) => {
    const server = await startServer(t);
    await server.drain(0);
    await assert.rejects(startClient(t, server.address).Login({}), (error: QuaysideError) => {
      assert.equal(error.code, 'unavailable');
      assert.doesNotMatch(error.message, /127\.0\.0\.1|ECONNREFUSED/);
      return true;
    });
  });

  test('is measured at both ends', async (t) => {
    const { address } = await startServer(t, {
      handlers: { Refresh: () => Promise.reject(new QuaysideError('rate_limited', 'Slowly.')) },
    });
    await assert.rejects(startClient(t, address).Refresh({}), { code: 'rate_limited' });
    for (const name of ['rpc_server_duration_seconds', 'rpc_client_duration_seconds']) {
      assert.match(
        await metrics.registry.getSingleMetricAsString(name),
        new RegExp(
          `${name}_count{rpc_service="quayside.auth.v1.AuthService",rpc_method="Refresh",rpc_grpc_status_code="RESOURCE_EXHAUSTED"} 1`,
        ),
      );
    }
  });
});

describe('a deadline', () => {
  test('is what is left of the caller’s, through every call', async (t) => {
    const seen: Date[] = [];
    const inner = await startServer(t, {
      handlers: {
        Logout: (_request, { deadline }) => {
          seen.push(deadline);
          return Promise.resolve({});
        },
      },
    });
    const toInner = startClient(t, inner.address, { defaultDeadlineMs: 60_000 });
    const outer = await startServer(t, {
      handlers: {
        Login: async (_request, { deadline }) => {
          assert.deepEqual(currentDeadline(), deadline);
          seen.push(deadline);
          await toInner.Logout({});
          await toInner.Logout({}, { deadline: inMs(90_000) });
          await toInner.Logout({}, { deadline: inMs(1_000) });
          return {};
        },
      },
    });
    const deadline = inMs(20_000);
    await startClient(t, outer.address).Login({}, { deadline });

    const [outerDeadline, byDefault, later, sooner] = seen.map(Number) as [
      number,
      number,
      number,
      number,
    ];
    // On its way a deadline becomes a timeout and a deadline again: it may move by as long as that takes.
    const near = (actual: number, expected: number) =>
      assert.ok(Math.abs(actual - expected) < 3_000, `${actual} is not near ${expected}`);
    near(outerDeadline, deadline.getTime());
    near(byDefault, deadline.getTime());
    near(later, deadline.getTime());
    assert.ok(sooner < deadline.getTime() - 10_000, 'a nearer one stays');
    assert.equal(currentDeadline(), undefined);
  });

  test('of surrounding work is never made longer', () => {
    const near = inMs(100);
    runWithDeadline(near, () => {
      runWithDeadline(inMs(1_000), () => assert.equal(currentDeadline(), near));
      const nearer = inMs(50);
      runWithDeadline(nearer, () => assert.equal(currentDeadline(), nearer));
    });
  });

  test('that passes ends the call, and tells the handler', async (t) => {
    const aborted = deferred();
    const { address } = await startServer(t, {
      handlers: {
        Login: (_request, { signal }) =>
          new Promise(() => signal.addEventListener('abort', () => aborted.resolve())),
      },
    });
    const client = startClient(t, address, { defaultDeadlineMs: 50 });
    await assert.rejects(client.Login({}), { code: 'deadline_exceeded' });
    await aborted.promise;
  });

  test('that has passed already: nothing is sent, and it is no fault of the downstream', async (t) => {
    let calls = 0;
    const { address } = await startServer(t, {
      handlers: { Login: () => Promise.resolve({ userId: `${(calls += 1)}` }) },
    });
    const client = startClient(t, address, { breaker: { volumeThreshold: 1 } });
    for (let n = 0; n < 5; n += 1) {
      await assert.rejects(client.Login({}, { deadline: new Date() }), {
        code: 'deadline_exceeded',
      });
    }
    assert.deepEqual([calls, client.state()], [0, 'closed']);
  });

  test('that passes before the handler starts: it never does', async (t) => {
    let calls = 0;
    const checked = deferred();
    let verifications = 0;
    const verifier = {
      verify: () => {
        // The second call comes on the same connection, behind the end of the first one.
        if ((verifications += 1) === 2) checked.resolve();
        return checked.promise.then(() => ({ ...caller, scopes: ['x'] }));
      },
    };
    const who = { userId: 'ada', scopes: [], tokenId: 'i', issuedAt: 0 };
    const caller = { kind: 'user', ...who, token: 't' } as const;
    const { address } = await startServer(t, {
      handlers: { Login: () => Promise.resolve({ userId: `${(calls += 1)}` }) },
      rules: { Login: { kind: 'user', scope: 'x' } },
      verifier,
    });
    const client = startClient(t, address);
    const late = client.Login({}, { caller, deadline: inMs(50) });
    await assert.rejects(late, { code: 'deadline_exceeded' });
    await client.Login({}, { caller });
    assert.equal(calls, 1, 'only the one in time');
  });

  test('is given, and kept, when the caller sent none', async (t) => {
    let context: CallContext | undefined;
    const aborted = deferred();
    const { address } = await startServer(t, {
      defaultDeadlineMs: 60,
      handlers: {
        Login: (_request, given) => {
          context = given;
          given.signal.addEventListener('abort', () => aborted.resolve());
          return new Promise(() => undefined);
        },
      },
    });
    const plain = startPlainClient(t, definition, address) as Client & PlainClient;
    const started = Date.now();
    const error = await new Promise<ServiceError | null>((resolve) => {
      plain.Login({}, new Metadata(), {}, resolve);
    });
    assert.equal(error?.code, 4);
    assert.ok(context && context.deadline.getTime() - started < 5_000, 'not the 10 s of others');
    await aborted.promise;
  });
});

describe('a caller that hangs up', () => {
  test('is seen by the handler, through the client’s own signal', async (t) => {
    const begun = deferred();
    const aborted = deferred();
    const { address } = await startServer(t, {
      handlers: {
        Login: (_request, { signal }) => {
          begun.resolve();
          return new Promise((_resolve, reject) => {
            signal.addEventListener('abort', () => {
              aborted.resolve();
              reject(new Error('aborted'));
            });
          });
        },
      },
    });
    const client = startClient(t, address);
    const controller = new AbortController();
    const call = client.Login({}, { signal: controller.signal });
    await begun.promise;
    controller.abort();
    await assert.rejects(call, QuaysideError);
    await aborted.promise;
    await assert.rejects(client.Login({}, { signal: AbortSignal.abort() }), QuaysideError);
    assert.equal(client.state(), 'closed');
  });

  test('is measured as such, not as the success or failure that nobody saw', async (t) => {
    const begun = deferred();
    const { address } = await startServer(t, {
      handlers: {
        GetJwks: (_request, { signal }) => {
          begun.resolve();
          return new Promise((resolve) => signal.addEventListener('abort', () => resolve({})));
        },
      },
    });
    const controller = new AbortController();
    const call = startClient(t, address).GetJwks({}, { signal: controller.signal });
    await begun.promise;
    controller.abort();
    await assert.rejects(call);
    const cancelled = /rpc_method="GetJwks",rpc_grpc_status_code="CANCELLED"} 1/;
    const name = 'rpc_server_duration_seconds';
    await until(async () => cancelled.test(await metrics.registry.getSingleMetricAsString(name)));
  });
});
