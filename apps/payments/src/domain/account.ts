import { refuse, type Refusal } from './refusal';

/** A customer's account as it stands, locked, while a decision is made. */
export interface Account {
  accountId: string;
  userId: string;
  handle: string;
  currency: string;
  status: 'open' | 'frozen' | 'closed';
  /** What has been posted, minor units. */
  balance: bigint;
  /** What of it is set aside for payments that are authorized and not yet captured. */
  held: bigint;
  /** What was paid or set aside from it today (UTC). */
  spentToday: bigint;
}

/** What may be spent now. */
export const availableOf = ({ balance, held }: Account): bigint => balance - held;

/** Why the caller may not use an account of their own, if that is so. */
export function ownAccountRefused({ status }: Account): Refusal | undefined {
  if (status === 'frozen') return refuse('account_frozen', 'Your account is frozen.');
  if (status === 'closed') return refuse('account_not_usable', 'Your account is closed.');
  return undefined;
}

/** Why somebody else's account may not be used, if that is so: whether it is frozen or closed is not the caller's business. */
export function otherAccountRefused(
  { status }: Account,
  side: 'payer' | 'payee',
): Refusal | undefined {
  if (status === 'open') return undefined;
  return refuse('account_not_usable', `The account of the ${side} cannot be used.`);
}
