// Original file: protos/quayside/payments/v1/payments.proto

import type { Account as _quayside_payments_v1_Account, Account__Output as _quayside_payments_v1_Account__Output } from '../../../quayside/payments/v1/Account';

/**
 * UnfreezeAccountResponse carries the account.
 */
export interface UnfreezeAccountResponse {
  /**
   * The account, open.
   */
  'account'?: (_quayside_payments_v1_Account | null);
}

/**
 * UnfreezeAccountResponse carries the account.
 */
export interface UnfreezeAccountResponse__Output {
  /**
   * The account, open.
   */
  'account': (_quayside_payments_v1_Account__Output | null);
}
