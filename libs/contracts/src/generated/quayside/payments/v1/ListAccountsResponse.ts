// Original file: protos/quayside/payments/v1/payments.proto

import type { Account as _quayside_payments_v1_Account, Account__Output as _quayside_payments_v1_Account__Output } from '../../../quayside/payments/v1/Account';

/**
 * ListAccountsResponse carries the caller's accounts.
 */
export interface ListAccountsResponse {
  /**
   * Accounts, oldest first.
   */
  'accounts'?: (_quayside_payments_v1_Account)[];
}

/**
 * ListAccountsResponse carries the caller's accounts.
 */
export interface ListAccountsResponse__Output {
  /**
   * Accounts, oldest first.
   */
  'accounts': (_quayside_payments_v1_Account__Output)[];
}
