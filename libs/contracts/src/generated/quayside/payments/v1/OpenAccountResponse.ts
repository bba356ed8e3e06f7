// Original file: protos/quayside/payments/v1/payments.proto

import type { Account as _quayside_payments_v1_Account, Account__Output as _quayside_payments_v1_Account__Output } from '../../../quayside/payments/v1/Account';

/**
 * OpenAccountResponse carries the account.
 */
export interface OpenAccountResponse {
  /**
   * The account.
   */
  'account'?: (_quayside_payments_v1_Account | null);
  /**
   * Whether this call opened it.
   */
  'opened'?: (boolean);
}

/**
 * OpenAccountResponse carries the account.
 */
export interface OpenAccountResponse__Output {
  /**
   * The account.
   */
  'account': (_quayside_payments_v1_Account__Output | null);
  /**
   * Whether this call opened it.
   */
  'opened': (boolean);
}
