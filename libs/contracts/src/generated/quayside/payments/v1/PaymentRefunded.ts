// Original file: protos/quayside/payments/v1/events.proto

import type { Money as _quayside_payments_v1_Money, Money__Output as _quayside_payments_v1_Money__Output } from '../../../quayside/payments/v1/Money';

/**
 * PaymentRefunded: money of a payment went back. Topic payments.payment.v1, keyed by payment id.
 */
export interface PaymentRefunded {
  /**
   * The refund (UUIDv7).
   */
  'refundId'?: (string);
  /**
   * The payment it belongs to.
   */
  'paymentId'?: (string);
  /**
   * Who had paid and gets the money back.
   */
  'payerUserId'?: (string);
  /**
   * The payer's handle.
   */
  'payerHandle'?: (string);
  /**
   * Who had been paid and gives the money back.
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
}

/**
 * PaymentRefunded: money of a payment went back. Topic payments.payment.v1, keyed by payment id.
 */
export interface PaymentRefunded__Output {
  /**
   * The refund (UUIDv7).
   */
  'refundId': (string);
  /**
   * The payment it belongs to.
   */
  'paymentId': (string);
  /**
   * Who had paid and gets the money back.
   */
  'payerUserId': (string);
  /**
   * The payer's handle.
   */
  'payerHandle': (string);
  /**
   * Who had been paid and gives the money back.
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
}
