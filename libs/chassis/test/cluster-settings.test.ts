import assert from 'node:assert/strict';
import net from 'node:net';
import { afterEach, describe, it } from 'node:test';
import { ConfigError } from '@quayside/config';
import { consumerGroups, services } from '@quayside/contracts';
import { access } from '@quayside/identity';
import { createRpcClient, everyMethod, openCertificates, rpcService } from '@quayside/rpc';
// eslint-disable-next-line @nx/enforce-module-boundaries -- the certificates of a test, which no library exports
import { createAuthority, createMount } from '../../rpc/test/tls/authority';
import { createRegisteredTopics } from '../src/create-topics';
import { startService } from '../src/index';
import type { RunningService, ServiceDefinition } from '../src/index';
import { startChild } from './child';
import { emptyDatabase } from './postgres';

const base = {
  LOG_LEVEL: 'fatal',
  ADMIN_HOST: '127.0.0.1',
  ADMIN_PORT: '0',
  GRPC_HOST: '127.0.0.1',
  GRPC_PORT: '0',
  SERVICE_TOKEN_SECRET: 'a-secret-of-at-least-32-characters',
};

const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

const nobody = { verify: () => Promise.reject(new Error('nobody')) };

async function start(
  definition: Pick<ServiceDefinition, 'name' | 'build' | 'without'>,
  env: Record<string, string>,
): Promise<RunningService> {
  const service = await startService({ settings: {}, ...definition }, { ...base, ...env });
  endings.push(() => service.stop({ quick: true }));
  return service;
}

const refuse = () => Promise.reject(new Error('not here'));

/** auth as far as these tests ask it; who called Logout is remembered. */
function authLike(callers: string[]): Pick<ServiceDefinition, 'name' | 'build' | 'without'> {
  const auth = rpcService(
    services.auth,
    { ...everyMethod(services.auth, access.public), Logout: access.service('orders') },
    {
      ...everyMethod(services.auth, refuse),
      Logout: (_request, { caller }) => {
        callers.push(caller.kind === 'service' ? caller.service : caller.kind);
        return Promise.resolve({});
      },
      GetJwks: () => Promise.resolve({ jwksJson: '{"keys":[]}' }),
    },
  );
  return {
    name: 'auth',
    without: ['database', 'kafka'],
    build: () => ({ rpc: [auth], verifier: nobody }),
  };
}

describe('mutual TLS by settings', () => {
  const authority = createAuthority();

  function tlsOf(service: string) {
    const uris = [`spiffe://cluster.local/ns/quayside/sa/${service}`];
    const mount = createMount(authority.issue({ uris }), authority.certificate);
    endings.push(mount.remove);
    const env = {
      TLS_CERT_FILE: mount.certificateFile,
      TLS_KEY_FILE: mount.keyFile,
      TLS_CA_FILE: mount.caFile,
    };
    return { env, mount };
  }

  it('is how services call each other, and what proves them', async () => {
    const callers: string[] = [];
    const auth = await start(authLike(callers), tlsOf('auth').env);
    const address = `127.0.0.1:${auth.ports.grpc}`;
    const caller: Pick<ServiceDefinition, 'name' | 'build' | 'without'> = {
      name: 'orders',
      without: ['database', 'kafka'],
      build: async ({ clients }) => {
        await clients('auth').Logout({});
        return {};
      },
    };
    await start(caller, { ...tlsOf('orders').env, AUTH_ADDRESS: address });
    assert.deepEqual(callers, ['orders'], 'ready: the keys of auth came that way too');

    const { mount } = tlsOf('users');
    const certificates = openCertificates(mount);
    const definition = services.auth;
    for (const security of [{ certificates }, {}]) {
      const client = createRpcClient({ name: 'auth', definition, address, ...security });
      const code = 'certificates' in security ? 'forbidden' : 'unavailable';
      await assert.rejects(client.Logout({}), { code });
      client.close();
    }
    certificates.close();
  });

  it('is refused with what is missing', async () => {
    const { env, mount } = tlsOf('auth');
    const starting = (tls: Record<string, string>) => start(authLike([]), tls);
    await assert.rejects(starting({ TLS_CERT_FILE: env.TLS_CERT_FILE }), /belong together/);
    mount.remove();
    await assert.rejects(
      starting(env),
      (error) => error instanceof ConfigError && /tls\.crt \(ENOENT\)/.test(error.message),
    );
  });
});

/** Stands in for Kafka and counts who comes. */
async function countingPort() {
  const counted = { connections: 0 };
  const server = net.createServer((socket) => {
    counted.connections += 1;
    socket.on('error', () => undefined).destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  endings.push(() => new Promise((resolve) => server.close(resolve)));
  return { counted, address: `127.0.0.1:${(server.address() as net.AddressInfo).port}` };
}

describe('CONSUMERS', () => {
  it('off: Kafka is not read from', async () => {
    const database = await emptyDatabase();
    endings.push(() => database.drop());
    const consuming: Pick<ServiceDefinition, 'name' | 'build'> = {
      name: 'orders',
      build: () => ({
        verifier: nobody,
        consumers: [{ group: consumerGroups.payments, handlers: {} }],
      }),
    };
    const run = async (CONSUMERS: string) => {
      const { counted, address } = await countingPort();
      const env = { DATABASE_URL: database.runtimeUrl, KAFKA_BROKERS: address, CONSUMERS };
      const service = await start(consuming, env);
      return { counted, service };
    };
    const on = await run('on');
    while (on.counted.connections === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    const off = await run('off');
    await off.service.stop();
    assert.equal(off.counted.connections, 0);
  });
});

describe('main.js topics', () => {
  it('says what to do when Kafka is not there, and ends with 1', async () => {
    const child = startChild({ KAFKA_BROKERS: '127.0.0.1:1', TOPICS_TIMEOUT_MS: '300' }, [
      'topics',
    ]);
    assert.equal(await child.exited, 1);
    const text = JSON.stringify(child.lines);
    assert.match(
      text,
      /could not be created on 127\.0\.0\.1:1: .*Start Kafka, or set KAFKA_BROKERS/,
    );
  });

  it('names the setting that is missing', async () => {
    await assert.rejects(createRegisteredTopics({ name: 'auth' }, {}), /KAFKA_BROKERS is not set/);
  });
});

describe('main.js', () => {
  it('does not take an unknown step for a service to run', async () => {
    const child = startChild({}, ['migrat']);
    assert.equal(await child.exited, 1);
    assert.match(JSON.stringify(child.lines), /no step \\"migrat\\".*migrate, topics/);
  });
});
