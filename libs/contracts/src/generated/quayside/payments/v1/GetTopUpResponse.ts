// Original file: protos/quayside/payments/v1/payments.proto

import type { TopUp as _quayside_payments_v1_TopUp, TopUp__Output as _quayside_payments_v1_TopUp__Output } from '../../../quayside/payments/v1/TopUp';

/**
 * GetTopUpResponse carries the top-up.
 */
export interface GetTopUpResponse {
  /**
   * The top-up.
   */
  'topUp'?: (_quayside_payments_v1_TopUp | null);
}

/**
 * GetTopUpResponse carries the top-up.
 */
export interface GetTopUpResponse__Output {
  /**
   * The top-up.
   */
  'topUp': (_quayside_payments_v1_TopUp__Output | null);
}
