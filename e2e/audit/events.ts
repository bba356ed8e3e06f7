import { topics } from '@quayside/contracts';
import { Client } from 'pg';
import { readToEnd } from '../topic-reader';
import type { CheckResult } from './ledger';

/**
 * Events that the rows of the ledger must have led to, and those that still wait to be sent: in one statement, so of
 * one moment. What is older than the topics keep cannot be asked for any more.
 */
const OWED = `
  WITH owed AS (
    SELECT 'quayside.payments.v1.Payment' || CASE WHEN expires_at IS NULL THEN 'Completed' ELSE 'Authorized' END AS type,
           payment_id::text AS key, created_at FROM payments
    UNION ALL
    SELECT 'quayside.payments.v1.Payment'
             || CASE status WHEN 'completed' THEN 'Captured' WHEN 'voided' THEN 'Voided' ELSE 'Expired' END,
           payment_id::text, created_at FROM payments WHERE expires_at IS NOT NULL AND status <> 'authorized'
    UNION ALL
    SELECT 'quayside.payments.v1.PaymentRefunded', payment_id::text, created_at FROM refunds
    UNION ALL
    SELECT 'quayside.payments.v1.TopUpCompleted', top_up_id::text, created_at FROM top_ups WHERE status = 'completed'
    UNION ALL
    SELECT 'quayside.payments.v1.TopUpFailed', top_up_id::text, created_at FROM top_ups WHERE status = 'failed'
    UNION ALL
    SELECT 'quayside.payments.v1.AccountOpened', account_id::text, created_at FROM accounts WHERE user_id IS NOT NULL
    UNION ALL
    SELECT 'quayside.payments.v1.UserAccountsClosed', user_id::text, closed_at FROM closures
  ), waiting AS (
    SELECT type, key, count(*)::int AS count FROM outbox GROUP BY type, key
  )
  SELECT type, key, count(*)::int AS owed, coalesce(max(waiting.count), 0) AS waiting
  FROM owed LEFT JOIN waiting USING (type, key)
  WHERE created_at > now() - make_interval(secs => $1)
  GROUP BY type, key`;

interface Owed {
  type: string;
  key: string;
  owed: number;
  waiting: number;
}

const kept = [topics.payment, topics.topUp, topics.account, topics.closure];

/** An hour less than the topics keep: what is at the edge may be gone. */
const LOOK_BACK_SECONDS = Math.min(...kept.map(({ retentionMs }) => retentionMs)) / 1000 - 3600;

async function owedEvents(databaseUrl: string): Promise<Owed[]> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return (await client.query<Owed>(OWED, [LOOK_BACK_SECONDS])).rows;
  } finally {
    await client.end();
  }
}

const nameOf = ({ type, key }: { type: string; key: string }) => `${type} ${key}`;

/**
 * Compares the ledger with the topics: every payment, refund, top-up, account and closing has its event, sent or still in the
 * outbox. First the ledger is read, then the topics to where they end then, so work that goes on does no harm.
 */
export async function checkEvents(databaseUrl: string, brokers: string): Promise<CheckResult> {
  const owed = await owedEvents(databaseUrl);
  const messages = await readToEnd(
    brokers,
    kept.map(({ name }) => name),
  );
  // The relay may send an event twice; its id stays the same.
  const sent = new Map<string, Set<string>>();
  for (const message of messages) {
    const ids = sent.get(nameOf(message)) ?? new Set<string>();
    sent.set(nameOf(message), ids.add(message.id));
  }
  const findings = owed
    .map((row) => ({ ...row, sent: sent.get(nameOf(row))?.size ?? 0 }))
    .filter((row) => row.sent + row.waiting < row.owed);
  const rule = `Every payment, refund, top-up, account and closing has its event, sent or in the outbox (${owed.length} compared).`;
  return { name: 'events', rule, findings };
}
