// Original file: protos/quayside/payments/v1/payments.proto

import type { TopUp as _quayside_payments_v1_TopUp, TopUp__Output as _quayside_payments_v1_TopUp__Output } from '../../../quayside/payments/v1/TopUp';

/**
 * CreateTopUpResponse carries the top-up.
 */
export interface CreateTopUpResponse {
  /**
   * The top-up.
   */
  'topUp'?: (_quayside_payments_v1_TopUp | null);
}

/**
 * CreateTopUpResponse carries the top-up.
 */
export interface CreateTopUpResponse__Output {
  /**
   * The top-up.
   */
  'topUp': (_quayside_payments_v1_TopUp__Output | null);
}
