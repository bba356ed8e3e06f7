import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { connect, createServer, type Socket } from 'node:net';
import type { TestContext } from 'node:test';
import {
  credentials,
  makeGenericClientConstructor,
  type Client,
  type ServiceDefinition,
} from '@grpc/grpc-js';
import { services } from '@quayside/contracts';
import {
  access,
  createServiceTokens,
  createTokenVerifier,
  type UserCaller,
} from '@quayside/identity';
import { SignJWT } from 'jose';
import {
  createRpcClient,
  createRpcServer,
  everyMethod,
  rpcService,
  type AccessRules,
  type Handlers,
  type RpcClientOptions,
  type RpcServerOptions,
} from '../src/index';

export type AuthDefinition = typeof services.auth;
export const definition = services.auth;

const publicRules = everyMethod(definition, access.public);
const doesNothing = everyMethod(definition, () => Promise.resolve({}));

export interface StartOptions extends Partial<RpcServerOptions> {
  handlers?: Partial<Handlers<AuthDefinition>>;
  rules?: Partial<AccessRules<AuthDefinition>>;
  port?: number;
}

/** An auth service with some handlers of the test's own, on a free port; ends with the test. */
export async function startServer(t: TestContext, options: StartOptions = {}) {
  const { handlers, rules, port: wanted = 0, ...rest } = options;
  const service = rpcService(
    definition,
    { ...publicRules, ...rules },
    { ...doesNothing, ...handlers },
  );
  const server = createRpcServer({ services: [service], ...rest });
  const port = await server.bind('127.0.0.1', wanted);
  server.health.setServing(true);
  t.after(() => server.drain(0));
  return { ...server, port, address: `127.0.0.1:${port}` };
}

/** A client of auth; ends with the test. */
export function startClient(
  t: TestContext,
  address: string,
  options: Partial<RpcClientOptions<AuthDefinition>> = {},
) {
  const client = createRpcClient({ name: 'auth', definition, address, ...options });
  t.after(() => client.close());
  return client;
}

/** A client of grpc-js itself, for what ours would never send. */
export function startPlainClient(t: TestContext, service: object, address: string): Client {
  const Constructor = makeGenericClientConstructor(service as ServiceDefinition, 'plain');
  const client: Client = new Constructor(address, credentials.createInsecure());
  t.after(() => client.close());
  return client;
}

/** Stands between clients and a server and counts connections; ends with the test. */
export async function startProxy(t: TestContext, port: number) {
  const counted = { made: 0, open: 0 };
  const sockets = new Set<Socket>();
  const proxy = createServer((socket) => {
    counted.made += 1;
    counted.open += 1;
    const onward = connect(port, '127.0.0.1');
    for (const each of [socket, onward]) {
      sockets.add(each.setNoDelay(true).on('error', () => undefined));
    }
    socket.on('close', () => {
      counted.open -= 1;
      onward.destroy();
    });
    onward.on('close', () => socket.destroy());
    socket.pipe(onward).pipe(socket);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    proxy.close();
  });
  const address = `127.0.0.1:${(proxy.address() as { port: number }).port}`;
  return { address, counted };
}

/** Resolves when `condition` holds; the runner's own time limit ends a wait for ever. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** A promise and what settles it. */
export function deferred<T = void>() {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((settle) => (resolve = settle));
  return { promise, resolve };
}

const secret = randomUUID() + randomUUID();

/** Keys of one test: user tokens, what verifies them, and proof of services. */
export function makeIdentity() {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const jwk = { ...publicKey.export({ format: 'jwk' }), kty: 'OKP', kid: 'k' };
  const makeVerifier = () =>
    createTokenVerifier({
      fetchJwks: () => Promise.resolve({ keys: [jwk] }),
      issuer: 'quayside',
      audience: 'quayside',
    });
  return {
    makeVerifier,
    serviceTokens: (service: string) => createServiceTokens({ secret, service }),
    /** A user as the gateway knows one after it has verified the token. */
    async user(userId: string, scope: string): Promise<UserCaller> {
      const tokenId = randomUUID();
      const issuedAt = Math.floor(Date.now() / 1000);
      const expiresAt = issuedAt + 600;
      const token = await new SignJWT({ scope, jti: tokenId, client_id: 'quayside' })
        .setProtectedHeader({ alg: 'EdDSA', kid: 'k', typ: 'at+jwt' })
        .setIssuer('quayside')
        .setAudience('quayside')
        .setSubject(userId)
        .setIssuedAt(issuedAt)
        .setExpirationTime(expiresAt)
        .sign(privateKey);
      const scopes = scope.split(' ');
      return { kind: 'user', userId, scopes, tokenId, issuedAt, expiresAt, token };
    },
  };
}
