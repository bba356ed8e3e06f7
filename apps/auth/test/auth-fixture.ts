import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { startService, type RunningService } from '@quayside/chassis';
import { decodeEvent, fromTimestamp, services, type auth } from '@quayside/contracts';
import { openDatabase, type Database } from '@quayside/database';
import type { UserCaller } from '@quayside/identity';
import { createRpcClient } from '@quayside/rpc';
import { testDatabase, testTokens, type TestTokens } from '@quayside/testing';
import { Secret, TOTP } from 'otpauth';
import { v7 } from 'uuid';
import { service } from '../src/service';

export const PASSWORD = 'correct horse battery';
export const migrations = join(import.meta.dirname, '../migrations');

/** A port on which nothing listens: Kafka is not needed to serve. */
export const NO_BROKER = '127.0.0.1:1';

export const SIGNING_KEYS_SECRET = 'only-for-tests-only-for-tests-only-for-tests';

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
    SIGNING_KEYS_SECRET,
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
    RequestPasswordReset: (request: auth.RequestPasswordResetRequest) =>
      client.RequestPasswordReset(request, asService),
    ConfirmPasswordReset: (request: auth.ConfirmPasswordResetRequest) =>
      client.ConfirmPasswordReset(request, asService),
    ExchangeApiKey: (request: auth.ExchangeApiKeyRequest) =>
      client.ExchangeApiKey(request, asService),
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

/** Calls the auth on a port as a signed-in user. */
export function userClient(port: number | undefined) {
  const client = createRpcClient({
    name: 'auth',
    definition: services.auth,
    address: `127.0.0.1:${String(port)}`,
  });
  const as = (token: string) => ({
    caller: { kind: 'user', userId: '', scopes: [], tokenId: '', token } as const,
  });
  return {
    ChangePassword: (token: string, request: auth.ChangePasswordRequest) =>
      client.ChangePassword(request, as(token)),
    ListSessions: (token: string) => client.ListSessions({}, as(token)),
    EndSession: (token: string, sessionId: string) => client.EndSession({ sessionId }, as(token)),
    CreateApiKey: (token: string, request: auth.CreateApiKeyRequest) =>
      client.CreateApiKey(request, as(token)),
    ListApiKeys: (token: string) => client.ListApiKeys({}, as(token)),
    RevokeApiKey: (token: string, keyId: string) => client.RevokeApiKey({ keyId }, as(token)),
    GetSecondFactor: (token: string) => client.GetSecondFactor({}, as(token)),
    EnrolSecondFactor: (token: string, password: string) =>
      client.EnrolSecondFactor({ password }, as(token)),
    ConfirmSecondFactor: (token: string, code: string) =>
      client.ConfirmSecondFactor({ code }, as(token)),
    DisableSecondFactor: (token: string) => client.DisableSecondFactor({}, as(token)),
    StepUp: (token: string, code: string) => client.StepUp({ code }, as(token)),
    close: () => client.close(),
  };
}

export type AuthClient = ReturnType<typeof authClient>;

/** A running auth with a database of its own. */
export interface AuthFixture {
  client: AuthClient;
  user: ReturnType<typeof userClient>;
  /** As auth's own role. */
  database: Database;
  databaseUrl: string;
  tokens: TestTokens;
  grpcPort: number | undefined;
  /** Another replica on the same database; ends with the first. */
  replica(): Promise<AuthClient>;
  stop(): Promise<void>;
}

export async function startAuth({
  kafkaBrokers,
  env,
}: { kafkaBrokers?: string; env?: NodeJS.ProcessEnv } = {}): Promise<AuthFixture> {
  const stored = await testDatabase('auth', migrations);
  const tokens = testTokens();
  const start = (): Promise<RunningService> =>
    startService(service, { ...authEnv(stored.url, tokens, kafkaBrokers), ...env });
  const running = await start();
  const ends: (() => unknown)[] = [];
  const client = authClient(running.ports.grpc, tokens);
  const user = userClient(running.ports.grpc);
  const database = openDatabase({ url: stored.url, applicationName: 'test', max: 2 });
  return {
    client,
    user,
    database,
    databaseUrl: stored.url,
    tokens,
    grpcPort: running.ports.grpc,
    async replica() {
      const { ports, stop } = await start();
      const second = authClient(ports.grpc, tokens);
      ends.push(() => second.close(), stop);
      return second;
    },
    async stop() {
      for (const end of ends) await end();
      client.close();
      user.close();
      await running.stop();
      await database.close();
      await stored.drop();
    },
  };
}

/** A database of auth alone, for tests of what is stored; gone with the test. */
export async function openStore(t: TestContext): Promise<Database> {
  const stored = await testDatabase('auth', migrations);
  const database = openDatabase({ url: stored.url, applicationName: 'test', max: 2 });
  t.after(async () => {
    await database.close();
    await stored.drop();
  });
  return database;
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

/** The code of an authenticator, `steps` of 30 seconds from now. */
export const codeOf = (secret: string, steps = 0): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({
    timestamp: Date.now() + steps * 30_000,
  });

/** The ends of a user's sessions that wait in the outbox. */
export async function announcedEnds(database: Database, userId: string) {
  const rows = await database.query<{ topic: string; payload: Buffer }>(
    `SELECT topic, payload FROM outbox WHERE key = $1 AND type = 'quayside.auth.v1.SessionEnded'
     ORDER BY position`,
    [userId],
  );
  return rows.map(({ topic, payload }) => {
    const event = decodeEvent('quayside.auth.v1.SessionEnded', payload);
    assert.equal(topic, 'auth.session.v1');
    assert.equal(event.userId, userId);
    assert.ok(Math.abs(Date.now() - fromTimestamp(event.endedAt).getTime()) < 60_000);
    return { sessionId: event.sessionId, reason: event.reason };
  });
}
