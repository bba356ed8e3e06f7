import type { Transaction } from '@quayside/database';
import { v7 as uuidv7 } from 'uuid';
import type { Account } from '../domain/account';
import { SPENT_TODAY } from './accounts';
import { lockAgainstClosing } from './closures';

const COLUMNS = `account_id AS "accountId", user_id AS "userId", '' AS handle, currency, status, balance, held,
  ${SPENT_TODAY} AS "spentToday"`;

// Of two at once the second waits for the first and then finds the account there.
const OPEN = `
  INSERT INTO accounts (account_id, user_id, currency)
  SELECT $1, user_id, $3 FROM handles
  WHERE user_id = $2 AND NOT EXISTS (SELECT FROM accounts WHERE user_id = $2 AND status = 'closed')
  ON CONFLICT (user_id, currency) DO NOTHING
  RETURNING ${COLUMNS}`;

/**
 * Opens an account of a user in a currency, unless there is one: then it is given as it is. Undefined for a user who
 * is not known (yet), or whose accounts have been closed.
 */
export async function openAccount(
  tx: Transaction,
  userId: string,
  currency: string,
): Promise<{ account: Account; opened: boolean } | undefined> {
  if (!(await lockAgainstClosing(tx, userId))) return undefined;
  const [opened] = await tx.query<Account>(OPEN, [uuidv7(), userId, currency]);
  if (opened) return { account: opened, opened: true };
  const [account] = await tx.query<Account>(
    `SELECT ${COLUMNS} FROM accounts WHERE user_id = $1 AND currency = $2`,
    [userId, currency],
  );
  return account && { account, opened: false };
}

/** Locks and reads a customer's account. */
export async function lockAccount(
  tx: Transaction,
  accountId: string,
): Promise<Account | undefined> {
  const [account] = await tx.query<Account>(
    `SELECT ${COLUMNS} FROM accounts WHERE account_id = $1 AND user_id IS NOT NULL FOR NO KEY UPDATE`,
    [accountId],
  );
  return account;
}

/** Locks and reads all accounts of a user, in id order like every path. */
export const lockAccountsOf = (tx: Transaction, userId: string): Promise<Account[]> =>
  tx.query<Account>(
    `SELECT ${COLUMNS} FROM accounts WHERE user_id = $1 ORDER BY account_id FOR NO KEY UPDATE`,
    [userId],
  );

/** A change of an account's status, and who made it. */
export interface Freeze {
  accountId: string;
  status: 'open' | 'frozen';
  reason: string;
  operatorUserId: string;
}

/** Freezes or unfreezes an account, which must be locked, and keeps the reason. */
export async function setFrozen(
  tx: Transaction,
  { accountId, status, reason, operatorUserId }: Freeze,
): Promise<void> {
  await tx.query('UPDATE accounts SET status = $2 WHERE account_id = $1', [accountId, status]);
  await tx.query(
    `INSERT INTO account_freezes (account_id, status, reason, operator_user_id) VALUES ($1, $2, $3, $4)`,
    [accountId, status, reason, operatorUserId],
  );
}
