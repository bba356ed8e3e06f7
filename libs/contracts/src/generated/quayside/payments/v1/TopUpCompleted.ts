// Original file: protos/quayside/payments/v1/events.proto

import type { Money as _quayside_payments_v1_Money, Money__Output as _quayside_payments_v1_Money__Output } from '../../../quayside/payments/v1/Money';

/**
 * TopUpCompleted: money came in. Topic payments.topup.v1, keyed by top-up id.
 */
export interface TopUpCompleted {
  /**
   * The top-up (UUIDv7).
   */
  'topUpId'?: (string);
  /**
   * Whose account was credited.
   */
  'userId'?: (string);
  /**
   * The account that was credited.
   */
  'accountId'?: (string);
  /**
   * How much.
   */
  'amount'?: (_quayside_payments_v1_Money | null);
}

/**
 * TopUpCompleted: money came in. Topic payments.topup.v1, keyed by top-up id.
 */
export interface TopUpCompleted__Output {
  /**
   * The top-up (UUIDv7).
   */
  'topUpId': (string);
  /**
   * Whose account was credited.
   */
  'userId': (string);
  /**
   * The account that was credited.
   */
  'accountId': (string);
  /**
   * How much.
   */
  'amount': (_quayside_payments_v1_Money__Output | null);
}
