import type { Account } from './account';
import { refuse, type Refusal } from './refusal';

/** How much a user may pay from an account, in minor units of its currency, whatever that is. */
export interface Limits {
  perPayment: bigint;
  /** From midnight to midnight in UTC, what is only authorized included. */
  perDay: bigint;
}

/** Which limit a payment would break, if any. */
export function limitExceeded(
  amount: bigint,
  payer: Account,
  { perPayment, perDay }: Limits,
): Refusal | undefined {
  if (amount > perPayment) {
    const detail = `The limit of one payment is ${perPayment} minor units.`;
    return refuse('limit_exceeded', detail);
  }
  if (payer.spentToday + amount > perDay) {
    const left = perDay > payer.spentToday ? perDay - payer.spentToday : 0n;
    const detail = `The limit of a day is ${perDay} minor units; ${left} are left today (UTC).`;
    return refuse('limit_exceeded', detail);
  }
  return undefined;
}
