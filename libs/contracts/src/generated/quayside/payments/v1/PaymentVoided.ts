// Original file: protos/quayside/payments/v1/events.proto

import type { Money as _quayside_payments_v1_Money, Money__Output as _quayside_payments_v1_Money__Output } from '../../../quayside/payments/v1/Money';

/**
 * PaymentVoided: the payee released what was set aside. Topic payments.payment.v1, keyed by payment id.
 */
export interface PaymentVoided {
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
   * How much was released.
   */
  'amount'?: (_quayside_payments_v1_Money | null);
}

/**
 * PaymentVoided: the payee released what was set aside. Topic payments.payment.v1, keyed by payment id.
 */
export interface PaymentVoided__Output {
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
   * How much was released.
   */
  'amount': (_quayside_payments_v1_Money__Output | null);
}
