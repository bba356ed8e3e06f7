// Original file: protos/quayside/payments/v1/payments.proto

import type { TopUpStatus as _quayside_payments_v1_TopUpStatus, TopUpStatus__Output as _quayside_payments_v1_TopUpStatus__Output } from '../../../quayside/payments/v1/TopUpStatus';
import type { Money as _quayside_payments_v1_Money, Money__Output as _quayside_payments_v1_Money__Output } from '../../../quayside/payments/v1/Money';
import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp';

/**
 * TopUp is money brought in from outside.
 */
export interface TopUp {
  /**
   * The top-up (UUIDv7).
   */
  'topUpId'?: (string);
  /**
   * Its state.
   */
  'status'?: (_quayside_payments_v1_TopUpStatus);
  /**
   * How much.
   */
  'amount'?: (_quayside_payments_v1_Money | null);
  /**
   * When it was asked for.
   */
  'createdAt'?: (_google_protobuf_Timestamp | null);
  /**
   * Why it failed: card_declined, not_charged (the processor never answered and has charged nothing), or
   * credit_refused (the account could not be credited, and the card got the money back). Empty unless it failed.
   */
  'failureReason'?: (string);
}

/**
 * TopUp is money brought in from outside.
 */
export interface TopUp__Output {
  /**
   * The top-up (UUIDv7).
   */
  'topUpId': (string);
  /**
   * Its state.
   */
  'status': (_quayside_payments_v1_TopUpStatus__Output);
  /**
   * How much.
   */
  'amount': (_quayside_payments_v1_Money__Output | null);
  /**
   * When it was asked for.
   */
  'createdAt': (_google_protobuf_Timestamp__Output | null);
  /**
   * Why it failed: card_declined, not_charged (the processor never answered and has charged nothing), or
   * credit_refused (the account could not be credited, and the card got the money back). Empty unless it failed.
   */
  'failureReason': (string);
}
