// Original file: protos/quayside/payments/v1/payments.proto

import type { TopUpNeedingAttention as _quayside_payments_v1_TopUpNeedingAttention, TopUpNeedingAttention__Output as _quayside_payments_v1_TopUpNeedingAttention__Output } from '../../../quayside/payments/v1/TopUpNeedingAttention';

/**
 * ListTopUpsNeedingAttentionResponse carries what needs a person.
 */
export interface ListTopUpsNeedingAttentionResponse {
  /**
   * Those that have waited longest.
   */
  'topUps'?: (_quayside_payments_v1_TopUpNeedingAttention)[];
  /**
   * How many there are in all.
   */
  'total'?: (number);
}

/**
 * ListTopUpsNeedingAttentionResponse carries what needs a person.
 */
export interface ListTopUpsNeedingAttentionResponse__Output {
  /**
   * Those that have waited longest.
   */
  'topUps': (_quayside_payments_v1_TopUpNeedingAttention__Output)[];
  /**
   * How many there are in all.
   */
  'total': (number);
}
