import type { Database, Transaction } from '@quayside/database';
import { v7 as uuidv7 } from 'uuid';
import type { Account } from '../domain/account';

interface AccountRow {
  account_id: string;
  user_id: string;
  handle: string;
  currency: string;
  status: Account['status'];
  balance: bigint;
  held: bigint;
  spent_today: bigint;
}

const accountOf = (row: AccountRow): Account => ({
  accountId: row.account_id,
  userId: row.user_id,
  handle: row.handle,
  currency: row.currency,
  status: row.status,
  balance: row.balance,
  held: row.held,
  spentToday: row.spent_today,
});

/** What an account has paid today; yesterday's sum counts no more. */
export const SPENT_TODAY = `CASE WHEN spent_day = (statement_timestamp() AT TIME ZONE 'UTC')::date THEN spent ELSE 0 END`;

// Sorted before they are locked: every path locks accounts in id order. The balance is in the locked row, so it
// is read as it stands once the lock is held.
const LOCK = `
  SELECT account_id, user_id, handle, currency, status, balance, held, ${SPENT_TODAY} AS spent_today
  FROM accounts JOIN handles USING (user_id)
  WHERE currency = $1 AND user_id = ANY($2::uuid[])
  ORDER BY account_id
  FOR NO KEY UPDATE OF accounts`;

/** Locks and reads the accounts of these users in one currency. */
export async function lockAccounts(
  tx: Transaction,
  currency: string,
  userIds: readonly string[],
): Promise<Account[]> {
  const rows = await tx.prepared<AccountRow>('lock_accounts', LOCK, [currency, userIds]);
  return rows.map(accountOf);
}

const LOCK_SIDES = `
  SELECT account_id, user_id, handle, currency, status, balance, held, ${SPENT_TODAY} AS spent_today
  FROM accounts JOIN handles USING (user_id)
  WHERE (user_id, currency) IN (
    SELECT payer, currency FROM unnest($1::uuid[], $3::text[]) AS wanted (payer, currency)
    UNION
    SELECT user_id, currency FROM unnest($2::text[], $3::text[]) AS wanted (handle, currency)
      JOIN handles USING (handle))
  ORDER BY account_id
  FOR NO KEY UPDATE OF accounts`;

/** Who pays whom, in what. */
export interface WantedSides {
  payerUserId: string;
  toHandle: string;
  currency: string;
}

/** The same for payers and whoever has the payees' handles. */
export async function lockSides(
  tx: Transaction,
  wanted: readonly WantedSides[],
): Promise<Account[]> {
  const rows = await tx.prepared<AccountRow>('lock_sides', LOCK_SIDES, [
    wanted.map(({ payerUserId }) => payerUserId),
    wanted.map(({ toHandle }) => toHandle),
    wanted.map(({ currency }) => currency),
  ]);
  return rows.map(accountOf);
}

/** The users who have these handles, by handle. */
export async function usersOfHandles(
  tx: Transaction,
  handles: readonly string[],
): Promise<Map<string, string>> {
  if (handles.length === 0) return new Map();
  const rows = await tx.prepared<{ handle: string; user_id: string }>(
    'users_of_handles',
    'SELECT handle, user_id FROM handles WHERE handle = ANY($1::text[])',
    [handles],
  );
  return new Map(rows.map(({ handle, user_id }) => [handle, user_id]));
}

/** A user's accounts, oldest first. */
export async function findAccounts(
  database: Database,
  userId: string,
  deadline: Date,
): Promise<Account[]> {
  const rows = await database.query<AccountRow>(
    `SELECT account_id, user_id, '' AS handle, currency, status, balance, held, ${SPENT_TODAY} AS spent_today
     FROM accounts WHERE user_id = $1 ORDER BY created_at, account_id`,
    [userId],
    { deadline },
  );
  return rows.map(accountOf);
}

/** Records a handle; false when the user's is known already. */
export async function insertHandle(tx: Transaction, userId: string, handle: string) {
  const rows = await tx.query(
    `INSERT INTO handles (user_id, handle) VALUES ($1, $2)
     ON CONFLICT (user_id) DO NOTHING RETURNING user_id`,
    [userId, handle],
  );
  return rows.length > 0;
}

/** Opens an empty account and gives its id. */
export async function insertAccount(tx: Transaction, userId: string, currency: string) {
  const accountId = uuidv7();
  await tx.query('INSERT INTO accounts (account_id, user_id, currency) VALUES ($1, $2, $3)', [
    accountId,
    userId,
    currency,
  ]);
  return accountId;
}

/** The system accounts that fees go to, by currency. They are there for good and have no balance: nothing to lock. */
export async function feesAccounts(tx: Transaction): Promise<Map<string, string>> {
  const rows = await tx.prepared<{ currency: string; account_id: string }>(
    'fees_accounts',
    "SELECT currency, account_id FROM accounts WHERE system_name = 'fees'",
    [],
  );
  return new Map(rows.map(({ currency, account_id }) => [currency, account_id]));
}

/** The system accounts of a currency, by name. They are there for good and have no balance: nothing to lock. */
export async function systemAccounts(
  tx: Transaction,
  currency: string,
): Promise<Map<string, string>> {
  const rows = await tx.prepared<{ system_name: string; account_id: string }>(
    'system_accounts',
    'SELECT system_name, account_id FROM accounts WHERE system_name IS NOT NULL AND currency = $1',
    [currency],
  );
  return new Map(rows.map(({ system_name, account_id }) => [system_name, account_id]));
}
