import { availableOf, otherAccountRefused, ownAccountRefused, type Account } from './account';
import { limitExceeded, type Limits } from './limits';
import type { Money } from './money';
import { refuse, type Refusal } from './refusal';

/** The two sides of a payment; undefined where there is no account in its currency. */
export interface Sides {
  payer: Account | undefined;
  payee: Account | undefined;
  /** Whether anybody has the payee's handle. */
  payeeKnown: boolean;
  /** Whether payer and payee are one person. */
  same: boolean;
}

/** The sides of a payment that may be made. */
export interface Approved {
  payer: Account;
  payee: Account;
}

/** Decides whether money may go from payer to payee. Pure: everything it looks at is locked by the caller. */
export function decidePayment(
  money: Money,
  { payer, payee, payeeKnown, same }: Sides,
  limits: Limits,
): Approved | Refusal {
  const { amount, currency } = money;
  // Who has left is as if they had never been here.
  const gone = payee?.status === 'closed';
  if (!payeeKnown || gone) return refuse('unknown_payee', 'Nobody has this handle. Check it.');
  if (same) return refuse('same_account', 'Payer and payee are the same. Choose another payee.');
  if (!payer) return refuse('account_not_open', `You have no ${currency} account.`);
  if (!payee) return refuse('payee_has_no_account', `The payee has no ${currency} account.`);
  const unusable = ownAccountRefused(payer) ?? otherAccountRefused(payee, 'payee');
  const refusal = unusable ?? limitExceeded(money, payer, limits);
  if (refusal) return refusal;
  if (availableOf(payer) < amount) {
    return refuse('insufficient_funds', 'The account does not hold enough. Top up or pay less.');
  }
  return { payer, payee };
}
