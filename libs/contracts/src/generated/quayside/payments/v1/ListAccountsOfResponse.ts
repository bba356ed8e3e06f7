// Original file: protos/quayside/payments/v1/payments.proto

import type { Account as _quayside_payments_v1_Account, Account__Output as _quayside_payments_v1_Account__Output } from '../../../quayside/payments/v1/Account';

/**
 * ListAccountsOfResponse carries the user's accounts.
 */
export interface ListAccountsOfResponse {
  /**
   * Accounts, oldest first.
   */
  'accounts'?: (_quayside_payments_v1_Account)[];
}

/**
 * ListAccountsOfResponse carries the user's accounts.
 */
export interface ListAccountsOfResponse__Output {
  /**
   * Accounts, oldest first.
   */
  'accounts': (_quayside_payments_v1_Account__Output)[];
}
