// Original file: protos/quayside/payments/v1/payments.proto

import type { Account as _quayside_payments_v1_Account, Account__Output as _quayside_payments_v1_Account__Output } from '../../../quayside/payments/v1/Account';

/**
 * FreezeAccountResponse carries the account.
 */
export interface FreezeAccountResponse {
  /**
   * The account, frozen.
   */
  'account'?: (_quayside_payments_v1_Account | null);
}

/**
 * FreezeAccountResponse carries the account.
 */
export interface FreezeAccountResponse__Output {
  /**
   * The account, frozen.
   */
  'account': (_quayside_payments_v1_Account__Output | null);
}
