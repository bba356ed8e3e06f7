import type { payments } from '@quayside/contracts';
import { QuaysideError } from '@quayside/errors';
import { knownCurrency } from './currency';

/** An amount in the minor units of a currency. */
export interface Money {
  amount: bigint;
  currency: string;
}

/** Far below the largest bigint of PostgreSQL, so that sums of balances stay within it, too. */
const LARGEST = 10n ** 15n;

const invalid = (path: string, message: string) =>
  new QuaysideError('invalid_request', `The amount is not valid: ${message}.`, {
    fields: [{ path, message }],
  });

/** A positive amount from the wire. Throws QuaysideError `invalid_request`. */
export function positiveMoney(money: payments.Money__Output | null): Money {
  if (money === null) throw invalid('/amount', 'is missing');
  const amount = BigInt(money.amount);
  if (amount <= 0n) throw invalid('/amount/amount', 'must be more than 0');
  if (amount > LARGEST) throw invalid('/amount/amount', `must be at most ${LARGEST}`);
  return { amount, currency: knownCurrency(money.currency, '/amount/currency') };
}

/** An amount for the wire. */
export const toWire = ({ amount, currency }: Money): payments.Money__Output => ({
  amount: amount.toString(),
  currency,
});
