// Original file: protos/quayside/payments/v1/payments.proto

import type { Money as _quayside_payments_v1_Money, Money__Output as _quayside_payments_v1_Money__Output } from '../../../quayside/payments/v1/Money';
import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp';

/**
 * Refund is money given back.
 */
export interface Refund {
  /**
   * The refund (UUIDv7).
   */
  'refundId'?: (string);
  /**
   * The payment it belongs to.
   */
  'paymentId'?: (string);
  /**
   * How much.
   */
  'amount'?: (_quayside_payments_v1_Money | null);
  /**
   * When it was made.
   */
  'createdAt'?: (_google_protobuf_Timestamp | null);
}

/**
 * Refund is money given back.
 */
export interface Refund__Output {
  /**
   * The refund (UUIDv7).
   */
  'refundId': (string);
  /**
   * The payment it belongs to.
   */
  'paymentId': (string);
  /**
   * How much.
   */
  'amount': (_quayside_payments_v1_Money__Output | null);
  /**
   * When it was made.
   */
  'createdAt': (_google_protobuf_Timestamp__Output | null);
}
