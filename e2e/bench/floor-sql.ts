import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { v7 as uuidv7 } from 'uuid';
import type { RunningSystem } from '@quayside/dev';

// The statements of one payment (apps/payments/src/store), outbox included, as pgbench would send them: prepared,
// one after another on one connection.
const TAKE_KEY = `INSERT INTO idempotency_keys (caller, operation, key, request_hash, result_id)
  VALUES ($1, 'payment', $2, $3, $4) ON CONFLICT DO NOTHING RETURNING 1`;
const LOCK = `SELECT account_id, user_id, handle, currency, status, balance
  FROM accounts JOIN handles USING (user_id)
  WHERE currency = 'EUR' AND user_id IN ($1, (SELECT user_id FROM handles WHERE handle = $2))
  ORDER BY account_id FOR NO KEY UPDATE OF accounts`;
const PAY = `WITH payment AS (
    INSERT INTO payments (payment_id, payer_user_id, payer_handle, payee_user_id, payee_handle, currency, amount,
      description)
    VALUES ($1, $2, $3, $4, $5, 'EUR', 1, 'lunch') RETURNING created_at),
  transfer AS (
    INSERT INTO transfers (transfer_id, debit_account_id, credit_account_id, currency, amount, kind, reference_id,
      payment_id, description)
    VALUES ($6, $7, $8, 'EUR', 1, 'payment', $1, $1, 'lunch'))
  SELECT created_at FROM payment`;
// To a topic of nobody's, and removed afterwards: the relay is not part of this floor.
const OUTBOX = `INSERT INTO outbox (id, topic, key, type, payload, headers)
  VALUES ($1, 'bench', $2, 'bench', $3, '{}')`;
const FORGET = 'DELETE FROM outbox WHERE id = $1';

interface Side {
  user_id: string;
  handle: string;
  account_id: string;
}

async function pay(client: Client, payer: Side, payee: Side): Promise<void> {
  const run = (name: string, text: string, values: unknown[]) =>
    client.query({ name, text, values });
  const paymentId = uuidv7();
  const eventId = uuidv7();
  await client.query('BEGIN');
  await run('key', TAKE_KEY, [payer.user_id, paymentId, randomBytes(32), paymentId]);
  await run('lock', LOCK, [payer.user_id, payee.handle]);
  await run('pay', PAY, [
    paymentId,
    payer.user_id,
    payer.handle,
    payee.user_id,
    payee.handle,
    uuidv7(),
    payer.account_id,
    payee.account_id,
  ]);
  await run('outbox', OUTBOX, [eventId, paymentId, randomBytes(160)]);
  await run('forget', FORGET, [eventId]);
  await client.query('COMMIT');
}

/** Payments per second of the plain SQL on the running system's own server and data; `hot`: all to one account. */
export async function runSqlFloor(
  system: RunningSystem,
  { connections, seconds, hot = false }: { connections: number; seconds: number; hot?: boolean },
) {
  const connectionString = system.databaseUrls.payments?.runtime;
  const clients = Array.from({ length: connections }, () => new Client({ connectionString }));
  await Promise.all(clients.map((client) => client.connect()));
  const cpuBefore = process.cpuUsage();
  const startedAt = performance.now();
  const end = startedAt + seconds * 1000;
  let done = 0;
  try {
    const { rows: sides = [] } =
      (await clients[0]?.query<Side>(
        `SELECT user_id, handle, account_id FROM accounts JOIN handles USING (user_id)
         WHERE handle LIKE 'bench%' OR handle LIKE 'fleet%' ORDER BY account_id LIMIT 1000`,
      )) ?? {};
    await Promise.all(
      clients.map(async (client, index) => {
        const payer = sides[(index + 1) % sides.length];
        const payee = sides[hot ? 0 : index % sides.length];
        while (payer && payee && performance.now() < end) {
          await pay(client, payer, payee);
          done += 1;
        }
      }),
    );
  } finally {
    await Promise.all(clients.map((client) => client.end()));
  }
  const cpu = process.cpuUsage(cpuBefore);
  return {
    perSecond: done / ((performance.now() - startedAt) / 1000),
    generatorCpuSeconds: (cpu.user + cpu.system) / 1e6,
  };
}
