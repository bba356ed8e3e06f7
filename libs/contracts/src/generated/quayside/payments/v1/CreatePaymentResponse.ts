// Original file: protos/quayside/payments/v1/payments.proto

import type { Payment as _quayside_payments_v1_Payment, Payment__Output as _quayside_payments_v1_Payment__Output } from '../../../quayside/payments/v1/Payment';

/**
 * CreatePaymentResponse carries the payment.
 */
export interface CreatePaymentResponse {
  /**
   * The payment.
   */
  'payment'?: (_quayside_payments_v1_Payment | null);
}

/**
 * CreatePaymentResponse carries the payment.
 */
export interface CreatePaymentResponse__Output {
  /**
   * The payment.
   */
  'payment': (_quayside_payments_v1_Payment__Output | null);
}
