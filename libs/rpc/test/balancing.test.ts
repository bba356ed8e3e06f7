import assert from 'node:assert/strict';
import dns from 'node:dns';
import { describe, test } from 'node:test';
import { targetOf } from '../src/target';
import { deferred, startClient, startProxy, startServer, until } from './fixture';

type Test = Parameters<typeof startServer>[0];

async function startCounting(t: Test, port = 0) {
  const counted = { calls: 0 };
  const server = await startServer(t, {
    port,
    handlers: {
      Login: () => {
        counted.calls += 1;
        return Promise.resolve({});
      },
    },
  });
  return { ...server, counted };
}

describe('balancing', () => {
  const spellings: Record<string, (a: number, b: number) => string> = {
    'ipv4:': (a, b) => `ipv4:127.0.0.1:${a},127.0.0.1:${b}`,
    'addresses with commas': (a, b) => `127.0.0.1:${a}, 127.0.0.1:${b}`,
    'names with commas': (a, b) => `localhost:${a},localhost:${b}`,
  };
  for (const [name, spell] of Object.entries(spellings)) {
    test(`calls go round all replicas: ${name}`, async (t) => {
      const [a, b] = [await startCounting(t), await startCounting(t)];
      const client = startClient(t, spell(a.port, b.port));
      await until(async () => {
        await client.Login({});
        return a.counted.calls > 0 && b.counted.calls > 0;
      });
      a.counted.calls = b.counted.calls = 0;
      for (let n = 0; n < 20; n += 1) await client.Login({});
      assert.deepEqual([a.counted.calls, b.counted.calls], [10, 10]);
    });
  }

  test('a replica that ends, and one that comes back, cost no call', async (t) => {
    const [a, b] = [await startCounting(t), await startCounting(t)];
    // Nothing is retryable: only what certainly was not handled may be sent again.
    const client = startClient(t, `127.0.0.1:${a.port},127.0.0.1:${b.port}`);
    let calls = 0;
    let stopped = false;
    const failures: unknown[] = [];
    const callers = Array.from({ length: 8 }, async () => {
      while (!stopped) {
        await client.Login({}).catch((error: unknown) => failures.push(error));
        calls += 1;
      }
    });
    const many = () => {
      const goal = calls + 200;
      return until(() => calls > goal);
    };
    await until(() => a.counted.calls > 20 && b.counted.calls > 20);
    await a.drain(5_000);
    await many();
    const again = await startCounting(t, a.port);
    await until(() => again.counted.calls > 20);
    await b.drain(5_000);
    await many();
    stopped = true;
    await Promise.all(callers);
    assert.deepEqual(failures, []);
    assert.equal(calls, a.counted.calls + b.counted.calls + again.counted.calls, 'each once');
  });

  test('pick_first stays with one replica', async (t) => {
    const [a, b] = [await startCounting(t), await startCounting(t)];
    const address = `127.0.0.1:${a.port},127.0.0.1:${b.port}`;
    const client = startClient(t, address, { loadBalancing: 'pick_first' });
    for (let n = 0; n < 20; n += 1) await client.Login({});
    assert.deepEqual([a.counted.calls, b.counted.calls].sort(), [0, 20]);
  });

  test('a replica that is added is found, though no connection was lost', async (t) => {
    t.mock.timers.enable({ apis: ['setInterval'] });
    const [a, b] = [await startCounting(t), await startCounting(t)];
    let ports = [a.port];
    // Stands in for a name with many addresses: here each has a port of its own.
    t.mock.method(dns.promises, 'lookup', (host: string) => {
      const known = ports.includes(Number(host.slice('replica-'.length)));
      return Promise.resolve(known ? [{ address: '127.0.0.1', family: 4 }] : []);
    });
    const names = [a, b].map(({ port }) => `replica-${port}:${port}`).join();
    const client = startClient(t, names);
    for (let n = 0; n < 10; n += 1) await client.Login({});
    assert.equal(b.counted.calls, 0);
    ports = [a.port, b.port];
    await until(async () => {
      t.mock.timers.tick(5_000);
      await client.Login({});
      return b.counted.calls > 0;
    });
  });

  test('a host that cannot be found does not hide one that can', async (t) => {
    const found = deferred();
    const failed = deferred();
    t.mock.method(dns.promises, 'lookup', async (host: string) => {
      if (host === 'slow') return found.promise.then(() => [{ address: '127.0.0.1', family: 4 }]);
      failed.resolve();
      throw new Error(`${host} is unknown`);
    });
    const { port } = await startServer(t);
    const call = startClient(t, `unknown:1,slow:${port}`).Login({});
    await failed.promise;
    await new Promise((resolve) => setImmediate(resolve));
    found.resolve();
    assert.ok(await call);
  });

  test('hosts that cannot be found at all are `unavailable`, at once', async (t) => {
    t.mock.method(dns.promises, 'lookup', () => Promise.reject(new Error('unknown')));
    const client = startClient(t, 'unknown:1,also-unknown:2', { defaultDeadlineMs: 30_000 });
    await assert.rejects(client.Login({}), { code: 'unavailable' });
  });

  test('connections are made anew when they are old, without a failed call', async (t) => {
    const server = await startServer(t, { maxConnectionAgeMs: 60 });
    const { address, counted } = await startProxy(t, server.port);
    const client = startClient(t, address);
    await until(async () => {
      await client.Login({});
      return counted.made >= 3;
    });
  });
});

test('a target is what a setting may say', () => {
  const same = [
    'dns://10.0.0.1/auth:7001',
    'ipv4:10.0.0.1:1,10.0.0.2:1',
    'ipv6:[::1]:1',
    'unix:/tmp/x',
  ];
  for (const target of same) assert.equal(targetOf(target), target);
  assert.equal(targetOf('auth:7001'), 'list:///auth:7001');
  assert.equal(targetOf('dns:///auth:7001'), 'list:///auth:7001');
  assert.equal(targetOf('dns:auth:7001'), 'list:///auth:7001');
  assert.equal(targetOf(' 127.0.0.1:7001 '), 'list:///127.0.0.1:7001');
  assert.equal(targetOf('[::1]:7001'), 'list:///[::1]:7001');
  assert.equal(targetOf('a:1, b:2'), 'list:///a:1,b:2');
});
