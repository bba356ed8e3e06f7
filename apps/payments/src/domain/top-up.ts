import { ownAccountRefused, type Account } from './account';
import { refuse, type Refusal } from './refusal';

/** A top-up that may be made. */
export interface ApprovedTopUp {
  account: Account;
  /** The system account that the money comes from. */
  fundingAccountId: string;
}

/** Decides whether money may be brought in from outside; undefined where there is no account in its currency. */
export function decideTopUp(
  currency: string,
  account: Account | undefined,
  fundingAccountId: string | undefined,
): ApprovedTopUp | Refusal {
  if (!account || fundingAccountId === undefined) {
    return refuse('account_not_open', `You have no ${currency} account.`);
  }
  return ownAccountRefused(account) ?? { account, fundingAccountId };
}
