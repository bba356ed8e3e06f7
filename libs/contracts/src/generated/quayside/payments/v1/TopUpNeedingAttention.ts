// Original file: protos/quayside/payments/v1/payments.proto

import type { TopUp as _quayside_payments_v1_TopUp, TopUp__Output as _quayside_payments_v1_TopUp__Output } from '../../../quayside/payments/v1/TopUp';
import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp';

/**
 * TopUpNeedingAttention is a card top-up that the service has given up on: only a person can find out more.
 */
export interface TopUpNeedingAttention {
  /**
   * The top-up.
   */
  'topUp'?: (_quayside_payments_v1_TopUp | null);
  /**
   * Whose it is.
   */
  'userId'?: (string);
  /**
   * The account that it was for.
   */
  'accountId'?: (string);
  /**
   * Why it was given up: charge_unanswered, charge_mismatch, refund_unanswered or refund_refused.
   */
  'reason'?: (string);
  /**
   * Since when.
   */
  'since'?: (_google_protobuf_Timestamp | null);
  /**
   * The processor's id of the charge; empty: whether the card was charged is not known.
   */
  'chargeId'?: (string);
}

/**
 * TopUpNeedingAttention is a card top-up that the service has given up on: only a person can find out more.
 */
export interface TopUpNeedingAttention__Output {
  /**
   * The top-up.
   */
  'topUp': (_quayside_payments_v1_TopUp__Output | null);
  /**
   * Whose it is.
   */
  'userId': (string);
  /**
   * The account that it was for.
   */
  'accountId': (string);
  /**
   * Why it was given up: charge_unanswered, charge_mismatch, refund_unanswered or refund_refused.
   */
  'reason': (string);
  /**
   * Since when.
   */
  'since': (_google_protobuf_Timestamp__Output | null);
  /**
   * The processor's id of the charge; empty: whether the card was charged is not known.
   */
  'chargeId': (string);
}
