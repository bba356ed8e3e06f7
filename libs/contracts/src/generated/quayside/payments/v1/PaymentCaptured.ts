// Original file: protos/quayside/payments/v1/events.proto

import type { Money as _quayside_payments_v1_Money, Money__Output as _quayside_payments_v1_Money__Output } from '../../../quayside/payments/v1/Money';

/**
 * PaymentCaptured: money that was set aside moved to the payee. Topic payments.payment.v1, keyed by payment id.
 */
export interface PaymentCaptured {
  /**
   * The payment (UUIDv7).
   */
  'paymentId'?: (string);
  /**
   * Who pays.
   */
  'payerUserId'?: (string);
  /**
   * The payer's handle.
   */
  'payerHandle'?: (string);
  /**
   * Who is paid.
   */
  'payeeUserId'?: (string);
  /**
   * The payee's handle.
   */
  'payeeHandle'?: (string);
  /**
   * How much moved; the rest was released.
   */
  'amount'?: (_quayside_payments_v1_Money | null);
  /**
   * The payer's words.
   */
  'description'?: (string);
}

/**
 * PaymentCaptured: money that was set aside moved to the payee. Topic payments.payment.v1, keyed by payment id.
 */
export interface PaymentCaptured__Output {
  /**
   * The payment (UUIDv7).
   */
  'paymentId': (string);
  /**
   * Who pays.
   */
  'payerUserId': (string);
  /**
   * The payer's handle.
   */
  'payerHandle': (string);
  /**
   * Who is paid.
   */
  'payeeUserId': (string);
  /**
   * The payee's handle.
   */
  'payeeHandle': (string);
  /**
   * How much moved; the rest was released.
   */
  'amount': (_quayside_payments_v1_Money__Output | null);
  /**
   * The payer's words.
   */
  'description': (string);
}
