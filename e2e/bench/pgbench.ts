import { execFile } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { RunningSystem } from '@quayside/dev';
import { ACCOUNTS } from './fleet';

const id = (kind: 8 | 9, number: string) =>
  `('00000000-0000-7000-${kind}000-' || lpad(:${number}::text, 12, '0'))::uuid`;

/**
 * One payment as a transaction of its own, with the effects that one has in apps/payments: its key, its postings, its
 * event. The same values, the same order of locks; ids are made by the server.
 */
const script = (payee: string) => `
\\set payer random(2, ${ACCOUNTS})
${payee}
BEGIN;
INSERT INTO idempotency_keys (caller, operation, key, request_hash, result_id)
  VALUES (${id(8, 'payer')}, 'payment', gen_random_uuid()::text, sha256('payment'), uuidv7())
  ON CONFLICT DO NOTHING RETURNING result_id AS payment \\gset
SELECT account_id, user_id, handle, currency, status, balance, held, spent, spent_day
  FROM accounts JOIN handles USING (user_id)
  WHERE currency = 'EUR' AND user_id IN (${id(8, 'payer')}, (SELECT user_id FROM handles WHERE handle = 'fleet' || :payee::text))
  ORDER BY account_id FOR NO KEY UPDATE OF accounts;
WITH transfer AS (
    INSERT INTO transfers (transfer_id, debit_account_id, credit_account_id, currency, amount, kind, reference_id,
      payment_id, description)
    VALUES (uuidv7(), ${id(9, 'payer')}, ${id(9, 'payee')}, 'EUR', 1, 'payment', :payment, :payment, 'lunch'))
  INSERT INTO payments (payment_id, payer_user_id, payer_handle, payee_user_id, payee_handle, currency, amount,
    description)
  VALUES (:payment, ${id(8, 'payer')}, 'fleet' || :payer::text, ${id(8, 'payee')}, 'fleet' || :payee::text, 'EUR', 1, 'lunch');
INSERT INTO outbox (id, topic, key, type, payload, headers)
  VALUES (uuidv7(), 'payments.payment.v1', :payment, 'quayside.payments.v1.PaymentCompleted',
    decode(repeat('ab', 180), 'hex'), '{"traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00"}');
COMMIT;
`;

// Never the payer.
const SPREAD = `\\set payee (:payer + random(1, ${ACCOUNTS - 1}) - 1) % ${ACCOUNTS} + 1`;
const HOT = '\\set payee 1';

const debianFolders = (): string[] => {
  try {
    return readdirSync('/usr/lib/postgresql').map((version) =>
      join('/usr/lib/postgresql', version, 'bin/pgbench'),
    );
  } catch {
    return [];
  }
};

/** The program, from PATH or where Debian puts it; undefined when it is not installed. */
export async function findPgbench(): Promise<string | undefined> {
  for (const program of ['pgbench', ...debianFolders()]) {
    const found = await promisify(execFile)(program, ['--version']).catch(() => undefined);
    if (found) return program;
  }
  return undefined;
}

/** What plain SQL reached, and with how many clients. */
export interface PlainSql {
  perSecond: number;
  clients: number;
}

async function run(program: string, file: string, url: string, clients: number, seconds: number) {
  const load = ['-c', String(clients), '-j', '2', '-T', String(seconds)];
  const args = ['--no-vacuum', '-M', 'prepared', ...load, '-f', file, url];
  const { stdout } = await promisify(execFile)(program, args);
  const [, done] = /transactions actually processed: (\d+)/.exec(stdout) ?? [];
  if (done === undefined) throw new Error(`pgbench said nothing of what it did:\n${stdout}`);
  // Not so when it did nothing.
  const [, tps = '0'] = /^tps = ([\d.]+)/m.exec(stdout) ?? [];
  return { perSecond: Number(tps), clients };
}

/** Runs the transaction with each number of clients and gives the best. `hot`: one account receives from all. */
export async function runPgbench(
  program: string,
  { databaseUrls }: RunningSystem,
  { hot, seconds }: { hot: boolean; seconds: number },
): Promise<PlainSql> {
  const folder = await mkdtemp(join(tmpdir(), 'quayside-pgbench-'));
  const file = join(folder, 'payment.sql');
  writeFileSync(file, script(hot ? HOT : SPREAD));
  try {
    let best: PlainSql = { perSecond: 0, clients: 0 };
    for (const clients of [4, 8, 16, 32, 64]) {
      const found = await run(
        program,
        file,
        databaseUrls.payments?.runtime ?? '',
        clients,
        seconds,
      );
      if (found.perSecond > best.perSecond) best = found;
    }
    return best;
  } finally {
    await rm(folder, { recursive: true });
  }
}
