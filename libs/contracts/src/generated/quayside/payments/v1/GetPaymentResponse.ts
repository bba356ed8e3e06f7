// Original file: protos/quayside/payments/v1/payments.proto

import type { Payment as _quayside_payments_v1_Payment, Payment__Output as _quayside_payments_v1_Payment__Output } from '../../../quayside/payments/v1/Payment';

/**
 * GetPaymentResponse carries the payment.
 */
export interface GetPaymentResponse {
  /**
   * The payment.
   */
  'payment'?: (_quayside_payments_v1_Payment | null);
}

/**
 * GetPaymentResponse carries the payment.
 */
export interface GetPaymentResponse__Output {
  /**
   * The payment.
   */
  'payment': (_quayside_payments_v1_Payment__Output | null);
}
