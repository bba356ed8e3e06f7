// Original file: protos/quayside/auth/v1/auth.proto

import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp';

/**
 * OperatorSession is a session as operators see it.
 */
export interface OperatorSession {
  /**
   * The session (UUIDv7).
   */
  'sessionId'?: (string);
  /**
   * When it began.
   */
  'createdAt'?: (_google_protobuf_Timestamp | null);
  /**
   * When it was last refreshed.
   */
  'lastUsedAt'?: (_google_protobuf_Timestamp | null);
  /**
   * When it ends at the latest.
   */
  'expiresAt'?: (_google_protobuf_Timestamp | null);
  /**
   * When it ended; absent while it lives.
   */
  'endedAt'?: (_google_protobuf_Timestamp | null);
  /**
   * Why it ended; empty while it lives.
   */
  'endReason'?: (string);
}

/**
 * OperatorSession is a session as operators see it.
 */
export interface OperatorSession__Output {
  /**
   * The session (UUIDv7).
   */
  'sessionId': (string);
  /**
   * When it began.
   */
  'createdAt': (_google_protobuf_Timestamp__Output | null);
  /**
   * When it was last refreshed.
   */
  'lastUsedAt': (_google_protobuf_Timestamp__Output | null);
  /**
   * When it ends at the latest.
   */
  'expiresAt': (_google_protobuf_Timestamp__Output | null);
  /**
   * When it ended; absent while it lives.
   */
  'endedAt': (_google_protobuf_Timestamp__Output | null);
  /**
   * Why it ended; empty while it lives.
   */
  'endReason': (string);
}
