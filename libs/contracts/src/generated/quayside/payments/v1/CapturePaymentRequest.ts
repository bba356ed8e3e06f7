// Original file: protos/quayside/payments/v1/payments.proto

import type { Money as _quayside_payments_v1_Money, Money__Output as _quayside_payments_v1_Money__Output } from '../../../quayside/payments/v1/Money';

/**
 * CapturePaymentRequest asks for the money of an authorized payment.
 */
export interface CapturePaymentRequest {
  /**
   * 1 to 255 characters chosen by the client.
   */
  'idempotencyKey'?: (string);
  /**
   * The payment to capture; the caller is its payee.
   */
  'paymentId'?: (string);
  /**
   * How much; absent: all of it.
   */
  'amount'?: (_quayside_payments_v1_Money | null);
}

/**
 * CapturePaymentRequest asks for the money of an authorized payment.
 */
export interface CapturePaymentRequest__Output {
  /**
   * 1 to 255 characters chosen by the client.
   */
  'idempotencyKey': (string);
  /**
   * The payment to capture; the caller is its payee.
   */
  'paymentId': (string);
  /**
   * How much; absent: all of it.
   */
  'amount': (_quayside_payments_v1_Money__Output | null);
}
