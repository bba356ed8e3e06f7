import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { startService, type RunningService } from '@quayside/chassis';
import { services, type auth } from '@quayside/contracts';
import { openDatabase, type Database } from '@quayside/database';
import type { UserCaller } from '@quayside/identity';
import { createRpcClient } from '@quayside/rpc';
import { testDatabase, testTokens, type TestTokens } from '@quayside/testing';
import { v7 } from 'uuid';
import { service } from '../src/service';

export const PASSWORD = 'correct horse battery';
export const migrations = join(import.meta.dirname, '../migrations');

/** A port on which nothing listens: Kafka is not needed to serve. */
export const NO_BROKER = '127.0.0.1:1';

/** Settings of one auth process on free ports. */
export function authEnv(
  databaseUrl: string,
  tokens: TestTokens,
  kafkaBrokers = NO_BROKER,
): NodeJS.ProcessEnv {
  return {
    ...tokens.env,
    DATABASE_URL: databaseUrl,
    KAFKA_BROKERS: kafkaBrokers,
    GRPC_HOST: '127.0.0.1',
    GRPC_PORT: '0',
    ADMIN_HOST: '127.0.0.1',
    ADMIN_PORT: '0',
    SHUTDOWN_TIMEOUT_MS: '5000',
    MIGRATIONS_FOLDER: migrations,
  };
}

/** Calls the auth on a port as a service, the gateway unless another is named. */
export function authClient(port: number | undefined, tokens: TestTokens, as = 'gateway') {
  const client = createRpcClient({
    name: 'auth',
    definition: services.auth,
    address: `127.0.0.1:${String(port)}`,
    serviceTokens: tokens.serviceTokens(as),
  });
  const asService = { asService: true };
  return {
    Register: (request: auth.RegisterRequest) => client.Register(request, asService),
    Login: (request: auth.LoginRequest) => client.Login(request, asService),
    Refresh: (request: auth.RefreshRequest) => client.Refresh(request, asService),
    Logout: (request: auth.LogoutRequest) => client.Logout(request, asService),
    GetJwks: (request: auth.GetJwksRequest) => client.GetJwks(request, asService),
    /** The methods that users call, operators among them. */
    as: (caller: UserCaller) => ({
      CheckRecentSignIn: (request: auth.CheckRecentSignInRequest) =>
        client.CheckRecentSignIn(request, { caller }),
      FindIdentity: (request: auth.FindIdentityRequest) => client.FindIdentity(request, { caller }),
      ListSessionsOf: (request: auth.ListSessionsOfRequest) =>
        client.ListSessionsOf(request, { caller }),
      EndSessionsOf: (request: auth.EndSessionsOfRequest) =>
        client.EndSessionsOf(request, { caller }),
    }),
    close: () => client.close(),
  };
}

export type AuthClient = ReturnType<typeof authClient>;

/** A running auth with a database of its own. */
export interface AuthFixture {
  client: AuthClient;
  /** As auth's own role. */
  database: Database;
  databaseUrl: string;
  tokens: TestTokens;
  grpcPort: number | undefined;
  stop(): Promise<void>;
}

export async function startAuth(kafkaBrokers?: string): Promise<AuthFixture> {
  const stored = await testDatabase('auth', migrations);
  const tokens = testTokens();
  const running: RunningService = await startService(
    service,
    authEnv(stored.url, tokens, kafkaBrokers),
  );
  const client = authClient(running.ports.grpc, tokens);
  const database = openDatabase({ url: stored.url, applicationName: 'test', max: 2 });
  return {
    client,
    database,
    databaseUrl: stored.url,
    tokens,
    grpcPort: running.ports.grpc,
    async stop() {
      client.close();
      await running.stop();
      await database.close();
      await stored.drop();
    },
  };
}

/** A sign-up of somebody new. */
export function newcomer() {
  const name = `u${randomBytes(6).toString('hex')}`;
  return {
    userId: v7(),
    email: `${name}@Example.com`,
    password: PASSWORD,
    handle: name,
    displayName: 'Ada Lovelace',
  };
}

/** Registers somebody new and answers what they hold. */
export async function registered(client: AuthClient) {
  const person = newcomer();
  const { tokens } = await client.Register(person);
  return { person, tokens: tokens! };
}
