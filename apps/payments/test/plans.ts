// Which plans PostgreSQL runs for payments' statements: as auto_explain reports them, those inside triggers and for
// foreign keys included.
import { randomUUID } from 'node:crypto';
import { toTimestamp } from '@quayside/contracts';
import { openDatabase } from '@quayside/database';
import { waitFor } from '@quayside/testing';
import { Client } from 'pg';
import { claimCardTopUps, countOpen } from '../src/store/card-top-ups';
import type { PaymentsFixture, TestCustomer } from './fixture';

/** Tables that grow with every customer or payment. */
const growing = [
  'accounts',
  'handles',
  'transfers',
  'entries',
  'payments',
  'refunds',
  'top_ups',
  'idempotency_keys',
  'card_top_ups',
  'processor_events',
  'closures',
];

/** Which of them a plan reads from one end to the other. */
export const readWhole = (plan: string): string[] =>
  [...plan.matchAll(/Seq Scan on (\w+)/g)]
    .map(([, table = '']) => table)
    .filter((table) => growing.includes(table));

/** Fills the ledger with other people's payments, so that what is large in life is large here. */
export async function fillLedger(
  ownerUrl: string,
  people: number,
  payments: number,
): Promise<void> {
  const owner = openDatabase({ url: ownerUrl, max: 1, applicationName: 'fill' });
  // A million entries in one statement take longer than a service's statement may.
  const session = await owner.session({ name: 'fill', statementTimeoutMs: 1_800_000 });
  const pair = `generate_series(1, ${payments}::bigint) AS number
    JOIN crowd AS payer ON payer.number = 1 + (number.number * 7919) % ${people}
    JOIN crowd AS payee ON payee.number = 1 + (number.number * 7919 + 1 + number.number % 97) % ${people}`;
  for (const statement of [
    `INSERT INTO handles (user_id, handle) SELECT uuidv7(), 'crowd' || n FROM generate_series(1, ${people}) AS n`,
    `INSERT INTO accounts (account_id, user_id, currency)
     SELECT uuidv7(), user_id, 'EUR' FROM handles WHERE handle LIKE 'crowd%'`,
    `CREATE TABLE crowd AS
     SELECT row_number() OVER (ORDER BY account_id) AS number, account_id, user_id, handle
     FROM accounts JOIN handles USING (user_id) WHERE handle LIKE 'crowd%'`,
    `INSERT INTO transfers (transfer_id, debit_account_id, credit_account_id, currency, amount, kind, reference_id, description)
     SELECT uuidv7(), funding.account_id, crowd.account_id, 'EUR', 1000000, 'top_up', uuidv7(), ''
     FROM crowd, accounts AS funding WHERE system_name = 'funding' AND funding.currency = 'EUR'`,
    `INSERT INTO payments (payment_id, payer_user_id, payer_handle, payee_user_id, payee_handle, currency, amount, description)
     SELECT uuidv7(), payer.user_id, payer.handle, payee.user_id, payee.handle, 'EUR', 1, 'lunch' FROM ${pair}`,
    `INSERT INTO transfers (transfer_id, debit_account_id, credit_account_id, currency, amount, kind, reference_id, payment_id, description)
     SELECT uuidv7(), payer.account_id, payee.account_id, 'EUR', 1, 'payment', payment_id, payment_id, 'lunch'
     FROM payments JOIN crowd AS payer ON payer.user_id = payer_user_id JOIN crowd AS payee ON payee.user_id = payee_user_id`,
    `INSERT INTO idempotency_keys (caller, operation, key, request_hash, result_id)
     SELECT payer_user_id, 'payment', payment_id::text, sha256('lunch'), payment_id FROM payments`,
    `INSERT INTO top_ups (top_up_id, user_id, account_id, currency, amount, status)
     SELECT uuidv7(), user_id, account_id, 'EUR', 1000000, 'completed' FROM crowd`,
    `INSERT INTO top_ups (top_up_id, user_id, account_id, currency, amount, status)
     SELECT uuidv7(), user_id, account_id, 'EUR', 5, 'failed' FROM crowd`,
    `INSERT INTO card_top_ups (top_up_id, state, next_attempt_at, charge_before)
     SELECT top_up_id, 'failed', now(), now() FROM top_ups WHERE status = 'failed'`,
    `INSERT INTO processor_events (event_id, type, charge_id, charge_key, refund_id, amount, currency, occurred_at)
     SELECT 'evt_' || top_up_id, 'charge.declined', 'ch_' || top_up_id, top_up_id::text, '', 5, 'EUR', now() FROM card_top_ups`,
    'INSERT INTO closures (user_id) SELECT uuidv7() FROM crowd',
    `INSERT INTO refunds (refund_id, payment_id, currency, amount) SELECT uuidv7(), payment_id, 'EUR', 1 FROM payments`,
    'DROP TABLE crowd',
    'VACUUM ANALYZE',
  ]) {
    await session.query(statement);
  }
  await session.close();
  await owner.close();
}

/** The plans by statement; of one that ran often the last, which is the one that PostgreSQL keeps. */
export interface WatchedPlans {
  plans: ReadonlyMap<string, string>;
  stop(): void;
}

/** From now on, sessions of this process report their plans. Ends those that are open; their owners open new ones. */
export async function watchPlans(adminUrl: string): Promise<WatchedPlans> {
  const plans = new Map<string, string>();
  const settings = {
    session_preload_libraries: 'auto_explain',
    'auto_explain.log_min_duration': '0',
    'auto_explain.log_analyze': 'on',
    'auto_explain.log_buffers': 'on',
    'auto_explain.log_triggers': 'on',
    'auto_explain.log_nested_statements': 'on',
    'auto_explain.log_parameter_max_length': '0',
    client_min_messages: 'log',
  };
  const admin = openDatabase({ url: adminUrl, max: 1, applicationName: 'plans' });
  const [row] = await admin.query<{ name: string }>('SELECT current_database() AS name');
  for (const [setting, value] of Object.entries(settings)) {
    await admin.query(`ALTER DATABASE ${row?.name} SET ${setting} = '${value}'`);
  }
  // Each client of the service's pool hears its own reports; there is no other place to listen for all of them.
  const emit = Client.prototype.emit;
  Client.prototype.emit = function (this: Client, event: string | symbol, ...args: unknown[]) {
    const [notice] = args as [{ message?: string } | undefined];
    const [, query, plan] =
      (event === 'notice' &&
        /plan:\nQuery Text: ([^]*?)\n(\S[^\n]*\(cost=[^]*)$/.exec(notice?.message ?? '')) ||
      [];
    if (query !== undefined && plan !== undefined) plans.set(query.trim(), plan);
    return emit.call(this, event, ...args);
  };
  await admin.query(
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
  );
  await admin.close();
  return {
    plans,
    stop: () => {
      Client.prototype.emit = emit;
    },
  };
}

/** What the card processor and the worker ask for; there is no processor here, so what they find is all in the database. */
async function goOnWithCards(
  { asGateway, client, callerWith, database }: PaymentsFixture,
  { userId }: TestCustomer,
): Promise<void> {
  const [failed] = await database.query<{ topUpId: string }>(
    'SELECT top_up_id AS "topUpId" FROM card_top_ups ORDER BY top_up_id LIMIT 1',
  );
  await asGateway.RecordProcessorEvent({
    ...{ eventId: `evt_${randomUUID()}`, type: 'charge.succeeded', chargeId: 'ch_other' },
    // Of another amount than was asked for: whether it was given back is looked for, too.
    ...{ chargeKey: failed?.topUpId, amount: { amount: '6', currency: 'EUR' } },
    occurredAt: toTimestamp(new Date()),
  });
  await claimCardTopUps(database, { limit: 16, leaseMs: 1_000 });
  await countOpen(database);
  const caller = await callerWith(userId, ['ops:read']);
  await client.ListTopUpsNeedingAttention({}, { caller });
}

/** Calls whatever customers call often, more often than PostgreSQL tries other plans than the one that it will keep. */
export async function callEverything(
  payments: PaymentsFixture,
  [ada, bob]: readonly [TestCustomer, TestCustomer],
): Promise<void> {
  const { client } = payments;
  // The service's sessions were ended. More reads at once than it has connections: each dead one is met here, not below.
  const reads = Array.from({ length: 20 }, () => ada.balance);
  await waitFor(() => Promise.all(reads.map((read) => read())), { description: 'new sessions' });
  const { accounts } = await client.ListAccounts({}, { caller: ada.caller });
  const accountId = accounts[0]?.accountId ?? '';
  for (let turn = 0; turn < 7; turn += 1) {
    const key = `key ${turn}`;
    const topUpId = await ada.topUp(1000, `top-up ${turn}`);
    await client.GetTopUp({ topUpId }, { caller: ada.caller });
    await ada.topUp(1000, `top-up ${turn}`);
    const paymentId = await ada.pay(bob.handle, 3, key);
    await ada.pay(bob.handle, 3, key);
    await ada.pay('nobody', 3).catch(() => undefined);
    await Promise.all(Array.from({ length: 20 }, () => ada.pay(bob.handle, 1)));
    await bob.refund(paymentId, 1);
    const hold = await ada.hold(bob.handle, 3);
    await bob.capture(hold, 2);
    await bob.void(await ada.hold(bob.handle, 3));
    await client.GetPayment({ paymentId }, { caller: ada.caller });
    const { nextCursor } = await client.GetStatement(
      { accountId, limit: 5 },
      { caller: ada.caller },
    );
    await client.GetStatement({ accountId, limit: 5, cursor: nextCursor }, { caller: ada.caller });
    const to = { seconds: Math.floor(Date.now() / 1000), nanos: 0 };
    await client.GetStatement({ accountId, limit: 5, to }, { caller: ada.caller });
    // There is money, so it is refused, after all that it asks for.
    await client.CloseAccounts({}, { caller: ada.caller }).catch(() => undefined);
    await goOnWithCards(payments, ada);
  }
}
