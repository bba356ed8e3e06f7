import type { Account } from './account';
import type { Approved, Sides } from './payment';

const nameOf = (owner: string, currency: string) => `${currency} ${owner}`;

/**
 * Accounts that are locked while payments are decided one after another: each decision sees what the ones before it
 * have moved. What they hold in the database follows when the transfers are written.
 */
export class LockedAccounts {
  private readonly byUser = new Map<string, Account>();
  private readonly byHandle = new Map<string, Account>();

  /** `usersOfHandles`: who has those handles that no account in the currency asked for belongs to. */
  constructor(
    accounts: readonly Account[],
    private readonly usersOfHandles: ReadonlyMap<string, string> = new Map(),
  ) {
    for (const account of accounts) {
      this.byUser.set(nameOf(account.userId, account.currency), { ...account });
    }
    for (const account of this.byUser.values()) {
      this.byHandle.set(nameOf(account.handle, account.currency), account);
    }
  }

  /** The two sides of a payment, as they stand now. */
  sidesOf(payerUserId: string, toHandle: string, currency: string): Sides {
    const payer = this.byUser.get(nameOf(payerUserId, currency));
    const payee = this.byHandle.get(nameOf(toHandle, currency));
    const payeeUserId = payee?.userId ?? this.usersOfHandles.get(toHandle);
    return {
      payer,
      payee,
      payeeKnown: payeeUserId !== undefined,
      same: payeeUserId === payerUserId,
    };
  }

  /** Sets minor units aside at the payer. */
  hold({ payer }: Approved, amount: bigint): void {
    payer.held += amount;
    payer.spentToday += amount;
  }

  /** Moves minor units between two accounts that `sidesOf` gave; the payee pays the fee. */
  move({ payer, payee }: Approved, amount: bigint, fee: bigint): void {
    payer.balance -= amount;
    payer.spentToday += amount;
    payee.balance += amount - fee;
  }
}
