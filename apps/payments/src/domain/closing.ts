import type { Account } from './account';
import { refuse, type Refusal } from './refusal';

/** All that stands between a user and the closing of their accounts; the accounts are locked. */
export interface ClosingCase {
  accounts: readonly Account[];
  /** Whether somebody has set money aside that the user has neither captured nor voided. */
  holdsToReceive: boolean;
  /** Whether a top-up of the user is not decided yet. */
  topUpsPending: boolean;
}

/** Why accounts may not be closed as things are, if so. What the user can only wait for is told before what they can do. */
export function closingRefused({
  accounts,
  holdsToReceive,
  topUpsPending,
}: ClosingCase): Refusal | undefined {
  if (accounts.some(({ status }) => status === 'frozen')) {
    return refuse('account_frozen', 'Your account is frozen. Ask the support.');
  }
  if (topUpsPending) {
    return refuse('top_up_pending', 'A top-up of yours is under way. Wait until it is decided.');
  }
  if (accounts.some(({ held }) => held > 0n)) {
    return refuse('holds_open', 'Money is set aside for a payment of yours. Wait for its end.');
  }
  if (holdsToReceive) {
    return refuse('holds_open', 'Money is set aside for you. Capture or void those payments.');
  }
  const full = accounts.find(({ balance }) => balance > 0n);
  if (!full) return undefined;
  return refuse('account_not_empty', `Your ${full.currency} account holds money. Spend it first.`);
}
