// Original file: protos/quayside/payments/v1/payments.proto

import type { Money as _quayside_payments_v1_Money, Money__Output as _quayside_payments_v1_Money__Output } from '../../../quayside/payments/v1/Money';

/**
 * CreatePaymentRequest asks to pay another user.
 */
export interface CreatePaymentRequest {
  /**
   * 1 to 255 characters chosen by the client.
   */
  'idempotencyKey'?: (string);
  /**
   * Whom to pay.
   */
  'toHandle'?: (string);
  /**
   * How much; must be positive.
   */
  'amount'?: (_quayside_payments_v1_Money | null);
  /**
   * The payer's words, at most 140 characters.
   */
  'description'?: (string);
  /**
   * Only set the money aside: the payee captures or voids it later.
   */
  'authorizeOnly'?: (boolean);
}

/**
 * CreatePaymentRequest asks to pay another user.
 */
export interface CreatePaymentRequest__Output {
  /**
   * 1 to 255 characters chosen by the client.
   */
  'idempotencyKey': (string);
  /**
   * Whom to pay.
   */
  'toHandle': (string);
  /**
   * How much; must be positive.
   */
  'amount': (_quayside_payments_v1_Money__Output | null);
  /**
   * The payer's words, at most 140 characters.
   */
  'description': (string);
  /**
   * Only set the money aside: the payee captures or voids it later.
   */
  'authorizeOnly': (boolean);
}
