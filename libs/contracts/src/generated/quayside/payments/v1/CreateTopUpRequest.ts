// Original file: protos/quayside/payments/v1/payments.proto

import type { Money as _quayside_payments_v1_Money, Money__Output as _quayside_payments_v1_Money__Output } from '../../../quayside/payments/v1/Money';

/**
 * CreateTopUpRequest asks for money from outside.
 */
export interface CreateTopUpRequest {
  /**
   * 1 to 255 characters chosen by the client.
   */
  'idempotencyKey'?: (string);
  /**
   * How much; must be positive.
   */
  'amount'?: (_quayside_payments_v1_Money | null);
  /**
   * Token of the card to charge, got from the card processor; empty: the sandbox funding account.
   */
  'cardToken'?: (string);
}

/**
 * CreateTopUpRequest asks for money from outside.
 */
export interface CreateTopUpRequest__Output {
  /**
   * 1 to 255 characters chosen by the client.
   */
  'idempotencyKey': (string);
  /**
   * How much; must be positive.
   */
  'amount': (_quayside_payments_v1_Money__Output | null);
  /**
   * Token of the card to charge, got from the card processor; empty: the sandbox funding account.
   */
  'cardToken': (string);
}
