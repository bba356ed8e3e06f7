// Original file: protos/quayside/payments/v1/payments.proto

import type { PaymentStatus as _quayside_payments_v1_PaymentStatus, PaymentStatus__Output as _quayside_payments_v1_PaymentStatus__Output } from '../../../quayside/payments/v1/PaymentStatus';
import type { Money as _quayside_payments_v1_Money, Money__Output as _quayside_payments_v1_Money__Output } from '../../../quayside/payments/v1/Money';
import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp';

/**
 * Payment is money moved, or being moved, between two users.
 */
export interface Payment {
  /**
   * The payment (UUIDv7).
   */
  'paymentId'?: (string);
  /**
   * Its state.
   */
  'status'?: (_quayside_payments_v1_PaymentStatus);
  /**
   * Who paid.
   */
  'fromHandle'?: (string);
  /**
   * Who was paid.
   */
  'toHandle'?: (string);
  /**
   * How much.
   */
  'amount'?: (_quayside_payments_v1_Money | null);
  /**
   * How much of it has been given back.
   */
  'refunded'?: (_quayside_payments_v1_Money | null);
  /**
   * The payer's words.
   */
  'description'?: (string);
  /**
   * When it was made.
   */
  'createdAt'?: (_google_protobuf_Timestamp | null);
  /**
   * How much of it has moved: all of it, or what was captured.
   */
  'captured'?: (_quayside_payments_v1_Money | null);
  /**
   * Of a payment that was authorized first: until when it may be captured.
   */
  'expiresAt'?: (_google_protobuf_Timestamp | null);
  /**
   * What the payee paid for it.
   */
  'fee'?: (_quayside_payments_v1_Money | null);
}

/**
 * Payment is money moved, or being moved, between two users.
 */
export interface Payment__Output {
  /**
   * The payment (UUIDv7).
   */
  'paymentId': (string);
  /**
   * Its state.
   */
  'status': (_quayside_payments_v1_PaymentStatus__Output);
  /**
   * Who paid.
   */
  'fromHandle': (string);
  /**
   * Who was paid.
   */
  'toHandle': (string);
  /**
   * How much.
   */
  'amount': (_quayside_payments_v1_Money__Output | null);
  /**
   * How much of it has been given back.
   */
  'refunded': (_quayside_payments_v1_Money__Output | null);
  /**
   * The payer's words.
   */
  'description': (string);
  /**
   * When it was made.
   */
  'createdAt': (_google_protobuf_Timestamp__Output | null);
  /**
   * How much of it has moved: all of it, or what was captured.
   */
  'captured': (_quayside_payments_v1_Money__Output | null);
  /**
   * Of a payment that was authorized first: until when it may be captured.
   */
  'expiresAt': (_google_protobuf_Timestamp__Output | null);
  /**
   * What the payee paid for it.
   */
  'fee': (_quayside_payments_v1_Money__Output | null);
}
