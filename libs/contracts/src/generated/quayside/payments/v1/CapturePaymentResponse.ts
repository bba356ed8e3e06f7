// Original file: protos/quayside/payments/v1/payments.proto

import type { Payment as _quayside_payments_v1_Payment, Payment__Output as _quayside_payments_v1_Payment__Output } from '../../../quayside/payments/v1/Payment';

/**
 * CapturePaymentResponse carries the payment.
 */
export interface CapturePaymentResponse {
  /**
   * The payment, completed.
   */
  'payment'?: (_quayside_payments_v1_Payment | null);
}

/**
 * CapturePaymentResponse carries the payment.
 */
export interface CapturePaymentResponse__Output {
  /**
   * The payment, completed.
   */
  'payment': (_quayside_payments_v1_Payment__Output | null);
}
