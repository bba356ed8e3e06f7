// Original file: protos/quayside/payments/v1/events.proto

import type { Money as _quayside_payments_v1_Money, Money__Output as _quayside_payments_v1_Money__Output } from '../../../quayside/payments/v1/Money';
import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp';

/**
 * PaymentAuthorized: money of the payer was set aside. Topic payments.payment.v1, keyed by payment id.
 */
export interface PaymentAuthorized {
  /**
   * The payment (UUIDv7).
   */
  'paymentId'?: (string);
  /**
   * Who pays.
   */
  'payerUserId'?: (string);
  /**
   * The payer's handle.
   */
  'payerHandle'?: (string);
  /**
   * Who is paid.
   */
  'payeeUserId'?: (string);
  /**
   * The payee's handle.
   */
  'payeeHandle'?: (string);
  /**
   * How much.
   */
  'amount'?: (_quayside_payments_v1_Money | null);
  /**
   * The payer's words.
   */
  'description'?: (string);
  /**
   * Until when it may be captured.
   */
  'expiresAt'?: (_google_protobuf_Timestamp | null);
}

/**
 * PaymentAuthorized: money of the payer was set aside. Topic payments.payment.v1, keyed by payment id.
 */
export interface PaymentAuthorized__Output {
  /**
   * The payment (UUIDv7).
   */
  'paymentId': (string);
  /**
   * Who pays.
   */
  'payerUserId': (string);
  /**
   * The payer's handle.
   */
  'payerHandle': (string);
  /**
   * Who is paid.
   */
  'payeeUserId': (string);
  /**
   * The payee's handle.
   */
  'payeeHandle': (string);
  /**
   * How much.
   */
  'amount': (_quayside_payments_v1_Money__Output | null);
  /**
   * The payer's words.
   */
  'description': (string);
  /**
   * Until when it may be captured.
   */
  'expiresAt': (_google_protobuf_Timestamp__Output | null);
}
