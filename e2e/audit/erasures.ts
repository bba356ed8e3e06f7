import { Client } from 'pg';
import type { CheckResult } from './ledger';

/** The databases that keep something of a user, by service. */
export const services = ['payments', 'users', 'auth', 'gateway'] as const;
export type ServiceUrls = Record<(typeof services)[number], string>;

/** Who was closed so long ago that the rest should have followed. */
const DUE = "SELECT user_id FROM closures WHERE closed_at < now() - interval '1 minute'";

/** For each service, those of the users who are closed of whom it still has something. */
const LEFT = {
  users: `SELECT user_id FROM unnest($1::uuid[]) AS closed (user_id)
    WHERE NOT EXISTS (SELECT FROM erasures WHERE erasures.user_id = closed.user_id)
       OR EXISTS (SELECT FROM profiles WHERE profiles.user_id = closed.user_id)`,
  auth: 'SELECT user_id FROM identities WHERE user_id = ANY($1::uuid[])',
  gateway: `SELECT user_id FROM unnest($1::uuid[]) AS closed (user_id)
    WHERE NOT EXISTS (
            SELECT FROM feed_counters WHERE feed_counters.user_id = closed.user_id AND erased_at IS NOT NULL)
       OR EXISTS (SELECT FROM activity WHERE activity.user_id = closed.user_id)`,
};

interface User {
  user_id: string;
}

async function query(url: string, sql: string, values: unknown[] = []): Promise<User[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<User>(sql, values)).rows;
  } finally {
    await client.end();
  }
}

/** Looks for users who were to be forgotten and are not: an erasure that payments decided and that stopped on its way. */
export async function checkErasures(urls: ServiceUrls): Promise<CheckResult> {
  const due = (await query(urls.payments, DUE)).map(({ user_id }) => user_id);
  const findings: CheckResult['findings'] = [];
  for (const service of ['users', 'auth', 'gateway'] as const) {
    for (const { user_id } of await query(urls[service], LEFT[service], [due])) {
      findings.push({ user_id, service });
    }
  }
  const rule = `Whoever was closed a minute ago and more is erased everywhere (${due.length} compared).`;
  return { name: 'erasures', rule, findings };
}
