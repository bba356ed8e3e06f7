// Original file: protos/quayside/payments/v1/payments.proto

import type { Money as _quayside_payments_v1_Money, Money__Output as _quayside_payments_v1_Money__Output } from '../../../quayside/payments/v1/Money';

/**
 * RefundPaymentRequest asks to give money back.
 */
export interface RefundPaymentRequest {
  /**
   * 1 to 255 characters chosen by the client.
   */
  'idempotencyKey'?: (string);
  /**
   * The payment to refund; the caller must have received it.
   */
  'paymentId'?: (string);
  /**
   * How much; absent: all that is left of it.
   */
  'amount'?: (_quayside_payments_v1_Money | null);
}

/**
 * RefundPaymentRequest asks to give money back.
 */
export interface RefundPaymentRequest__Output {
  /**
   * 1 to 255 characters chosen by the client.
   */
  'idempotencyKey': (string);
  /**
   * The payment to refund; the caller must have received it.
   */
  'paymentId': (string);
  /**
   * How much; absent: all that is left of it.
   */
  'amount': (_quayside_payments_v1_Money__Output | null);
}
