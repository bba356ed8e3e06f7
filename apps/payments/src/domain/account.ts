/** A customer's account as it stands, locked, while a decision is made. */
export interface Account {
  accountId: string;
  userId: string;
  handle: string;
  currency: string;
  status: 'open' | 'frozen' | 'closed';
  /** Minor units. */
  balance: bigint;
}
