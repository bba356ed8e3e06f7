// Original file: protos/quayside/payments/v1/payments.proto

import type { Refund as _quayside_payments_v1_Refund, Refund__Output as _quayside_payments_v1_Refund__Output } from '../../../quayside/payments/v1/Refund';

/**
 * RefundPaymentResponse carries the refund.
 */
export interface RefundPaymentResponse {
  /**
   * The refund.
   */
  'refund'?: (_quayside_payments_v1_Refund | null);
}

/**
 * RefundPaymentResponse carries the refund.
 */
export interface RefundPaymentResponse__Output {
  /**
   * The refund.
   */
  'refund': (_quayside_payments_v1_Refund__Output | null);
}
