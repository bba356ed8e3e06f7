import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startService, type RunningService } from '@quayside/chassis';
import { allTopics, services } from '@quayside/contracts';
import { openDatabase, type Database, type Transaction } from '@quayside/database';
import type { UserCaller } from '@quayside/identity';
import { appendToOutbox, createTopics } from '@quayside/messaging';
import { createRpcClient, type RpcClient } from '@quayside/rpc';
import {
  testBroker,
  testDatabase,
  testTokens,
  waitFor,
  type TestBroker,
  type TokenClaims,
  type TestTokens,
} from '@quayside/testing';
import { v7 } from 'uuid';
import { readChecks } from '../src/audit/checks';
import { expireHolds } from '../src/posting/expire-holds';
import { service } from '../src/service';

const here = import.meta.dirname;
export const migrations = join(here, '../migrations');

const eur = (amount: number | bigint) => ({ amount: String(amount), currency: 'EUR' });

/** A customer of the service, calling over gRPC. */
export interface TestCustomer {
  userId: string;
  handle: string;
  caller: UserCaller;
  topUp(amount: number | bigint, key?: string): Promise<string>;
  pay(toHandle: string, amount: number | bigint, key?: string): Promise<string>;
  /** The same, set aside only. */
  hold(toHandle: string, amount: number | bigint, key?: string): Promise<string>;
  capture(paymentId: string, amount?: number | bigint, key?: string): Promise<void>;
  void(paymentId: string, key?: string): Promise<void>;
  refund(paymentId: string, amount?: number | bigint, key?: string): Promise<string>;
  balance(): Promise<bigint>;
  held(): Promise<bigint>;
  /** Every entry, oldest first, read in small pages. */
  statement(): Promise<{ amount: number; balanceAfter: number }[]>;
}

export interface PaymentsFixture {
  tokens: TestTokens;
  grpcPort: number | undefined;
  database: Database;
  /** Of its tables' owner, and of the server's superuser. */
  ownerUrl: string;
  adminUrl: string;
  broker: TestBroker;
  client: RpcClient<typeof services.payments>;
  /** The same, as the gateway calls for itself. */
  asGateway: RpcClient<typeof services.payments>;
  /** As the role that owns the tables. */
  owner: Database;
  /** Another replica of the service, on the same database. */
  replica(): Promise<RunningService>;
  /** Announces a user as the users service does. */
  announce(user: { userId: string; handle: string }): Promise<void>;
  /** Announces a changed profile. */
  publishUpdate(tx: Transaction, user: { userId: string; handle: string }): Promise<void>;
  /** A new customer whose account is open. */
  customer(name: string): Promise<TestCustomer>;
  /** A caller who may do no more than these scopes allow. */
  callerWith(userId: string, scopes: string[]): Promise<UserCaller>;
  /** A caller whose token says this. */
  callerAs(claims: TokenClaims): Promise<UserCaller>;
  /** Lets the time of a hold run out, and releases it. */
  expire(paymentId: string): Promise<void>;
  /** What the audit finds. */
  audit(): Promise<object[]>;
  stop(): Promise<void>;
}

const DAY_MS = 86_400_000;

/**
 * Limits of a day start anew at midnight (UTC), and so would what a test expects: then it waits for the new day. What asks
 * for it takes half a minute, and with the wait less than a file's tests may take (tools/test/project.mjs).
 */
async function wholeDay(): Promise<void> {
  const left = DAY_MS - (Date.now() % DAY_MS);
  if (left < 60_000) await pause(left + 1_000);
}

/** A running payments service with a database, a broker and keys of its own. */
export async function startPayments(env: Record<string, string> = {}): Promise<PaymentsFixture> {
  if (env.LIMIT_PER_DAY_MINOR_UNITS) await wholeDay();
  const [stored, broker] = await Promise.all([testDatabase('payments', migrations), testBroker()]);
  await createTopics([broker.address], allTopics());
  const tokens = testTokens();
  const { verifier } = tokens;
  const start = () =>
    startService(
      service,
      {
        ...tokens.env,
        DATABASE_URL: stored.url,
        KAFKA_BROKERS: broker.address,
        GRPC_HOST: '127.0.0.1',
        GRPC_PORT: '0',
        ADMIN_HOST: '127.0.0.1',
        ADMIN_PORT: '0',
        SHUTDOWN_TIMEOUT_MS: '5000',
        ...env,
      },
      { verifier },
    );
  const running = await start();
  const database = openDatabase({ url: stored.url, applicationName: 'test', max: 3 });
  const owner = openDatabase({ url: stored.ownerUrl, applicationName: 'test', max: 1 });
  const target = {
    name: 'payments',
    definition: services.payments,
    address: `127.0.0.1:${String(running.ports.grpc)}`,
    defaultDeadlineMs: 20_000,
  };
  const client = createRpcClient(target);
  const serviceTokens = tokens.serviceTokens('gateway');
  const asGateway = createRpcClient({ ...target, serviceTokens });
  const announce = (user: { userId: string; handle: string }) =>
    // Into the service's own outbox: to the broker it is all one who sends it.
    database.transaction((tx) =>
      appendToOutbox(tx, {
        type: 'quayside.users.v1.UserCreated',
        key: user.userId,
        payload: { ...user, displayName: 'Ada' },
      }),
    );
  return {
    tokens,
    grpcPort: running.ports.grpc,
    database,
    ownerUrl: stored.ownerUrl,
    adminUrl: stored.adminUrl,
    broker,
    client,
    asGateway,
    owner,
    replica: start,
    announce,
    publishUpdate: (tx, user) =>
      appendToOutbox(tx, {
        type: 'quayside.users.v1.UserUpdated',
        key: user.userId,
        payload: { ...user, displayName: 'Ada L.' },
      }),
    async customer(name) {
      const user = { userId: v7(), handle: `${name}_${randomUUID().slice(0, 8)}` };
      await announce(user);
      const token = await tokens.userToken({ userId: user.userId });
      const customer = customerOf(client, user, await verifier.verify(token));
      await waitFor(() => customer.balance().then(() => true), {
        timeoutMs: 20_000,
        description: `the account of ${user.handle}`,
      });
      return customer;
    },
    callerWith: async (userId, scopes) =>
      verifier.verify(await tokens.userToken({ userId, scopes })),
    callerAs: async (claims) => verifier.verify(await tokens.userToken(claims)),
    async expire(paymentId) {
      await owner.query(
        "UPDATE payments SET expires_at = now() WHERE payment_id = $1 AND status = 'authorized'",
        [paymentId],
      );
      // A hold that somebody else has locked just then is left for the next time.
      await waitFor(async () => {
        await expireHolds(database);
        const late = await owner.query(
          "SELECT FROM payments WHERE payment_id = $1 AND status = 'authorized'",
          [paymentId],
        );
        return late.length === 0;
      });
    },
    async audit() {
      return (await Promise.all(readChecks().map(({ sql }) => database.query(sql)))).flat();
    },
    async stop() {
      client.close();
      asGateway.close();
      await running.stop();
      await Promise.all([database.close(), owner.close(), broker.stop()]);
      await stored.drop();
    },
  };
}

function customerOf(
  client: PaymentsFixture['client'],
  { userId, handle }: { userId: string; handle: string },
  caller: UserCaller,
): TestCustomer {
  const options = { caller };
  const account = async () => {
    const { accounts } = await client.ListAccounts({}, options);
    const [first] = accounts;
    if (!first) throw new Error('no account yet');
    return first;
  };
  return {
    userId,
    handle,
    caller,
    async topUp(amount, idempotencyKey = randomUUID()) {
      const { topUp } = await client.CreateTopUp({ idempotencyKey, amount: eur(amount) }, options);
      return topUp?.topUpId ?? '';
    },
    async pay(toHandle, amount, idempotencyKey = randomUUID()) {
      const request = { idempotencyKey, toHandle, amount: eur(amount), description: 'lunch' };
      const { payment } = await client.CreatePayment(request, options);
      return payment?.paymentId ?? '';
    },
    async hold(toHandle, amount, idempotencyKey = randomUUID()) {
      const request = { idempotencyKey, toHandle, amount: eur(amount), authorizeOnly: true };
      const { payment } = await client.CreatePayment(request, options);
      return payment?.paymentId ?? '';
    },
    async capture(paymentId, amount, idempotencyKey = randomUUID()) {
      const money = amount === undefined ? {} : { amount: eur(amount) };
      await client.CapturePayment({ idempotencyKey, paymentId, ...money }, options);
    },
    async void(paymentId, idempotencyKey = randomUUID()) {
      await client.VoidPayment({ idempotencyKey, paymentId }, options);
    },
    async refund(paymentId, amount, idempotencyKey = randomUUID()) {
      const money = amount === undefined ? {} : { amount: eur(amount) };
      const request = { idempotencyKey, paymentId, ...money };
      const { refund } = await client.RefundPayment(request, options);
      return refund?.refundId ?? '';
    },
    async balance() {
      return BigInt((await account()).balance?.amount ?? 0);
    },
    async held() {
      return BigInt((await account()).held?.amount ?? 0);
    },
    async statement() {
      const { accountId } = await account();
      const found = [];
      let cursor = '';
      do {
        const page = await client.GetStatement({ accountId, cursor, limit: 3 }, options);
        found.push(...page.entries);
        cursor = page.nextCursor;
      } while (cursor !== '');
      return found.reverse().map(({ amount, balanceAfter }) => ({
        amount: Number(amount?.amount),
        balanceAfter: Number(balanceAfter?.amount),
      }));
    },
  };
}

/** Whether an error is the refusal with this code. */
export const refusal = (code: string) => (error: unknown) =>
  error instanceof Error && 'code' in error && error.code === code;
