import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { startService } from '@quayside/chassis';
import { allTopics, services, type auth, type users } from '@quayside/contracts';
import { openDatabase, type Database, type Transaction } from '@quayside/database';
import { appendToOutbox, createTopics } from '@quayside/messaging';
import { createRpcClient } from '@quayside/rpc';
import { testBroker, testDatabase, testTokens, waitFor, type TestTokens } from '@quayside/testing';
import { v7 } from 'uuid';
import { service } from '../src/service';

export const migrations = join(import.meta.dirname, '../migrations');

/** Calls users: ReserveHandle as a service, the rest as the user given. */
function usersClient(port: number | undefined, tokens: TestTokens, as = 'gateway') {
  const client = createRpcClient({
    name: 'users',
    definition: services.users,
    address: `127.0.0.1:${String(port)}`,
    serviceTokens: tokens.serviceTokens(as),
  });
  return {
    ...client,
    ReserveHandle: (request: users.ReserveHandleRequest) =>
      client.ReserveHandle(request, { asService: true }),
    ReleaseHandle: (request: users.ReleaseHandleRequest) =>
      client.ReleaseHandle(request, { asService: true }),
  };
}

export type UsersClient = ReturnType<typeof usersClient>;
export type Registered = auth.IdentityRegistered__Output;

/** A running users service with database, broker and keys of its own. */
export interface UsersFixture {
  client: UsersClient;
  /** A client that proves to be another service than the gateway. */
  clientAs(service: string): UsersClient;
  /** As the users service's own role. */
  database: Database;
  tokens: TestTokens;
  kafkaAddress: string;
  grpcPort: number | undefined;
  /** Publishes IdentityRegistered and waits for the profile; answers its handle. */
  announce(event: Registered): Promise<string>;
  stop(): Promise<void>;
}

export async function startUsers(): Promise<UsersFixture> {
  const [stored, broker] = await Promise.all([testDatabase('users', migrations), testBroker()]);
  const tokens = testTokens();
  await createTopics([broker.address], allTopics());
  const env = {
    ...tokens.env,
    DATABASE_URL: stored.url,
    KAFKA_BROKERS: broker.address,
    GRPC_HOST: '127.0.0.1',
    GRPC_PORT: '0',
    ADMIN_HOST: '127.0.0.1',
    ADMIN_PORT: '0',
    SHUTDOWN_TIMEOUT_MS: '5000',
  };
  // Stands in for auth's keys.
  const { verifier } = tokens;
  const running = await startService(service, env, { verifier });
  const database = openDatabase({ url: stored.url, applicationName: 'test', max: 2 });
  const clients: UsersClient[] = [];
  const clientAs = (name: string): UsersClient => {
    const client = usersClient(running.ports.grpc, tokens, name);
    clients.push(client);
    return client;
  };
  return {
    client: clientAs('gateway'),
    clientAs,
    database,
    tokens,
    kafkaAddress: broker.address,
    grpcPort: running.ports.grpc,
    async announce(event) {
      await publish(database, event);
      return handleOf(database, event.userId);
    },
    async stop() {
      clients.forEach((client) => client.close());
      await running.stop();
      await Promise.all([database.close(), broker.stop()]);
      await stored.drop();
    },
  };
}

/** Writes auth's event into the service's own outbox; whoever sends it, to the broker it is all one. */
export function announceIn(tx: Transaction, event: Registered): Promise<void> {
  return appendToOutbox(tx, {
    type: 'quayside.auth.v1.IdentityRegistered',
    key: event.userId,
    payload: event,
  });
}

/** Publishes auth's event. */
export function publish(database: Database, event: Registered): Promise<void> {
  return database.transaction((tx) => announceIn(tx, event));
}

/** Waits for a user's profile and answers its handle. */
export async function handleOf(database: Database, userId: string): Promise<string> {
  const find = async (): Promise<string | undefined> => {
    const [row] = await database.query<{ handle: string }>(
      'SELECT handle FROM profiles WHERE user_id = $1',
      [userId],
    );
    return row?.handle;
  };
  return waitFor(find, { timeoutMs: 20_000, description: `the profile of ${userId}` });
}

/** Somebody new, as auth announces them. */
export function newcomer(handle = `u${randomBytes(6).toString('hex')}`): Registered {
  return { userId: v7(), handle, displayName: 'Ada Lovelace' };
}
