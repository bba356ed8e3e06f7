import type { Database, Transaction } from '@quayside/database';
import { appendToOutbox } from '@quayside/messaging';
import { ownAccountRefused } from '../domain/account';
import { consequenceOf, type CardTopUp, type Consequence, type Fact } from '../domain/card-top-up';
import { topUpCompleted, topUpFailed } from '../events/published';
import { countCardTopUp } from '../metrics';
import { lockAccounts, systemAccounts } from '../store/accounts';
import { writeConsequence } from '../store/card-top-ups';
import { insertTransfers, type NewTransfer } from '../store/transfers';

const descriptions = { card_charge: 'Card charged', card_refund: 'Card refunded' } as const;

function transferOf(
  { topUpId, accountId, currency, amount }: CardTopUp,
  kind: Consequence['posts'][number],
  { funding, clearing }: { funding: string; clearing: string },
): NewTransfer {
  const [debitAccountId, creditAccountId] = {
    card_charge: [funding, clearing] as const,
    card_refund: [clearing, funding] as const,
    top_up: [clearing, accountId] as const,
  }[kind];
  const description = kind === 'top_up' ? 'Top-up' : descriptions[kind];
  return {
    ...{ debitAccountId, creditAccountId, currency, amount, kind, description },
    referenceId: topUpId,
    paymentId: null,
  };
}

async function post(tx: Transaction, saga: CardTopUp, posts: Consequence['posts']): Promise<void> {
  if (posts.length === 0) return;
  const accounts = await systemAccounts(tx, saga.currency);
  const funding = accounts.get('funding');
  const clearing = accounts.get('card_clearing');
  if (funding === undefined || clearing === undefined) {
    throw new Error(`There are no system accounts in ${saga.currency}`);
  }
  insertTransfers(
    tx,
    posts.map((kind) => transferOf(saga, kind, { funding, clearing })),
  );
}

/** Its customer hears of the end of it once. */
function announce(tx: Transaction, before: CardTopUp, after: CardTopUp): void {
  if (before.status === after.status) return;
  const event =
    after.status === 'completed'
      ? topUpCompleted(after, after)
      : topUpFailed(after, { ...after, reason: after.reason });
  void appendToOutbox(tx, { ...event, trace: after.trace });
}

/**
 * Writes what follows from a fact, in the caller's transaction, if the version still holds: the state, what is posted
 * and what is announced. Gives the top-up as it is then; undefined when nothing was written.
 */
export async function recordFact(
  tx: Transaction,
  saga: CardTopUp,
  fact: Fact,
  leaseMs: number,
): Promise<CardTopUp | undefined> {
  const consequence = consequenceOf(saga, fact);
  if (!consequence) return undefined;
  const after = await writeConsequence(tx, saga, consequence, leaseMs);
  if (!after) return undefined;
  await post(tx, saga, consequence.posts);
  announce(tx, saga, after);
  tx.onCommit(() => countCardTopUp(after.state));
  return after;
}

/** Credits the account of a charged top-up, or decides that it cannot be: then the card gets the money back. */
export function creditOrRefuse(
  database: Database,
  saga: CardTopUp,
  leaseMs: number,
): Promise<CardTopUp | undefined> {
  return database.transaction(async (tx) => {
    // Locked before the saga, as in every path; whoever closes the account waits here, and then finds a saga that is
    // open, or its end.
    const [account] = await lockAccounts(tx, saga.currency, [saga.userId]);
    const refused = account?.accountId !== saga.accountId || ownAccountRefused(account);
    return recordFact(tx, saga, { kind: refused ? 'credit_refused' : 'credited' }, leaseMs);
  });
}
