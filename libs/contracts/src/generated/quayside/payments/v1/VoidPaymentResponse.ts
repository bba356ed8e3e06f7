// Original file: protos/quayside/payments/v1/payments.proto

import type { Payment as _quayside_payments_v1_Payment, Payment__Output as _quayside_payments_v1_Payment__Output } from '../../../quayside/payments/v1/Payment';

/**
 * VoidPaymentResponse carries the payment.
 */
export interface VoidPaymentResponse {
  /**
   * The payment, voided.
   */
  'payment'?: (_quayside_payments_v1_Payment | null);
}

/**
 * VoidPaymentResponse carries the payment.
 */
export interface VoidPaymentResponse__Output {
  /**
   * The payment, voided.
   */
  'payment': (_quayside_payments_v1_Payment__Output | null);
}
