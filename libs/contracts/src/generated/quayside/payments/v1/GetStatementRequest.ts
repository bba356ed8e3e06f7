// Original file: protos/quayside/payments/v1/payments.proto

import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp';

/**
 * GetStatementRequest asks for a page of entries.
 */
export interface GetStatementRequest {
  /**
   * One of the caller's accounts.
   */
  'accountId'?: (string);
  /**
   * next_cursor of the page before; empty for the newest entries.
   */
  'cursor'?: (string);
  /**
   * Most entries to return, 1 to 100; 0 means 20.
   */
  'limit'?: (number);
  /**
   * Beginning of the period, inclusive; absent: from the first entry.
   */
  'from'?: (_google_protobuf_Timestamp | null);
  /**
   * End of the period, exclusive; absent: up to now. INVALID_ARGUMENT unless it is after the beginning.
   */
  'to'?: (_google_protobuf_Timestamp | null);
}

/**
 * GetStatementRequest asks for a page of entries.
 */
export interface GetStatementRequest__Output {
  /**
   * One of the caller's accounts.
   */
  'accountId': (string);
  /**
   * next_cursor of the page before; empty for the newest entries.
   */
  'cursor': (string);
  /**
   * Most entries to return, 1 to 100; 0 means 20.
   */
  'limit': (number);
  /**
   * Beginning of the period, inclusive; absent: from the first entry.
   */
  'from': (_google_protobuf_Timestamp__Output | null);
  /**
   * End of the period, exclusive; absent: up to now. INVALID_ARGUMENT unless it is after the beginning.
   */
  'to': (_google_protobuf_Timestamp__Output | null);
}
