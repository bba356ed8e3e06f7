// Original file: protos/quayside/payments/v1/payments.proto

import type { Money as _quayside_payments_v1_Money, Money__Output as _quayside_payments_v1_Money__Output } from '../../../quayside/payments/v1/Money';
import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp';
import type { Long } from '@grpc/proto-loader';

/**
 * Entry is one line of a statement.
 */
export interface Entry {
  /**
   * The entry (UUIDv7).
   */
  'entryId'?: (string);
  /**
   * Number of the entry within its account, from 1, without gaps.
   */
  'entryNumber'?: (number | string | Long);
  /**
   * Positive: received; negative: spent.
   */
  'amount'?: (_quayside_payments_v1_Money | null);
  /**
   * The account's balance after this entry.
   */
  'balanceAfter'?: (_quayside_payments_v1_Money | null);
  /**
   * The payment that caused it; empty for a top-up.
   */
  'paymentId'?: (string);
  /**
   * What the customer reads.
   */
  'description'?: (string);
  /**
   * When it was posted.
   */
  'createdAt'?: (_google_protobuf_Timestamp | null);
}

/**
 * Entry is one line of a statement.
 */
export interface Entry__Output {
  /**
   * The entry (UUIDv7).
   */
  'entryId': (string);
  /**
   * Number of the entry within its account, from 1, without gaps.
   */
  'entryNumber': (string);
  /**
   * Positive: received; negative: spent.
   */
  'amount': (_quayside_payments_v1_Money__Output | null);
  /**
   * The account's balance after this entry.
   */
  'balanceAfter': (_quayside_payments_v1_Money__Output | null);
  /**
   * The payment that caused it; empty for a top-up.
   */
  'paymentId': (string);
  /**
   * What the customer reads.
   */
  'description': (string);
  /**
   * When it was posted.
   */
  'createdAt': (_google_protobuf_Timestamp__Output | null);
}
