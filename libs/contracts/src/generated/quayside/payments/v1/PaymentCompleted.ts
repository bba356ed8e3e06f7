// Original file: protos/quayside/payments/v1/events.proto

import type { Money as _quayside_payments_v1_Money, Money__Output as _quayside_payments_v1_Money__Output } from '../../../quayside/payments/v1/Money';

/**
 * PaymentCompleted: money moved between two users. Topic payments.payment.v1, keyed by payment id.
 */
export interface PaymentCompleted {
  /**
   * The payment (UUIDv7).
   */
  'paymentId'?: (string);
  /**
   * Who paid.
   */
  'payerUserId'?: (string);
  /**
   * The payer's handle.
   */
  'payerHandle'?: (string);
  /**
   * Who was paid.
   */
  'payeeUserId'?: (string);
  /**
   * The payee's handle.
   */
  'payeeHandle'?: (string);
  /**
   * How much.
   */
  'amount'?: (_quayside_payments_v1_Money | null);
  /**
   * The payer's words.
   */
  'description'?: (string);
}

/**
 * PaymentCompleted: money moved between two users. Topic payments.payment.v1, keyed by payment id.
 */
export interface PaymentCompleted__Output {
  /**
   * The payment (UUIDv7).
   */
  'paymentId': (string);
  /**
   * Who paid.
   */
  'payerUserId': (string);
  /**
   * The payer's handle.
   */
  'payerHandle': (string);
  /**
   * Who was paid.
   */
  'payeeUserId': (string);
  /**
   * The payee's handle.
   */
  'payeeHandle': (string);
  /**
   * How much.
   */
  'amount': (_quayside_payments_v1_Money__Output | null);
  /**
   * The payer's words.
   */
  'description': (string);
}
