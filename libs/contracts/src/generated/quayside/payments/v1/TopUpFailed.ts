// Original file: protos/quayside/payments/v1/events.proto

import type { Money as _quayside_payments_v1_Money, Money__Output as _quayside_payments_v1_Money__Output } from '../../../quayside/payments/v1/Money';

/**
 * TopUpFailed: money did not come in, and never will. Topic payments.topup.v1, keyed by top-up id.
 */
export interface TopUpFailed {
  /**
   * The top-up (UUIDv7).
   */
  'topUpId'?: (string);
  /**
   * Whose it was.
   */
  'userId'?: (string);
  /**
   * The account that it was for.
   */
  'accountId'?: (string);
  /**
   * How much.
   */
  'amount'?: (_quayside_payments_v1_Money | null);
  /**
   * card_declined, not_charged or credit_refused.
   */
  'reason'?: (string);
}

/**
 * TopUpFailed: money did not come in, and never will. Topic payments.topup.v1, keyed by top-up id.
 */
export interface TopUpFailed__Output {
  /**
   * The top-up (UUIDv7).
   */
  'topUpId': (string);
  /**
   * Whose it was.
   */
  'userId': (string);
  /**
   * The account that it was for.
   */
  'accountId': (string);
  /**
   * How much.
   */
  'amount': (_quayside_payments_v1_Money__Output | null);
  /**
   * card_declined, not_charged or credit_refused.
   */
  'reason': (string);
}
