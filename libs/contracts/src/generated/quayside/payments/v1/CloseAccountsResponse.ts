// Original file: protos/quayside/payments/v1/payments.proto

import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp';

/**
 * CloseAccountsResponse says since when.
 */
export interface CloseAccountsResponse {
  /**
   * When the accounts were closed, now or before.
   */
  'closedAt'?: (_google_protobuf_Timestamp | null);
}

/**
 * CloseAccountsResponse says since when.
 */
export interface CloseAccountsResponse__Output {
  /**
   * When the accounts were closed, now or before.
   */
  'closedAt': (_google_protobuf_Timestamp__Output | null);
}
