// Original file: protos/quayside/auth/v1/auth.proto

import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp';

/**
 * Session is one sign-in that can still be refreshed.
 */
export interface Session {
  /**
   * The session (the claim `sid` of its access tokens).
   */
  'sessionId'?: (string);
  /**
   * User agent of its last use, shortened; empty when unknown.
   */
  'device'?: (string);
  /**
   * Network address of its last use; empty when unknown.
   */
  'address'?: (string);
  /**
   * When the user signed in.
   */
  'createdAt'?: (_google_protobuf_Timestamp | null);
  /**
   * When its tokens were last made.
   */
  'lastUsedAt'?: (_google_protobuf_Timestamp | null);
  /**
   * When it ends if it is not used before.
   */
  'expiresAt'?: (_google_protobuf_Timestamp | null);
  /**
   * Whether the caller's token belongs to it.
   */
  'current'?: (boolean);
}

/**
 * Session is one sign-in that can still be refreshed.
 */
export interface Session__Output {
  /**
   * The session (the claim `sid` of its access tokens).
   */
  'sessionId': (string);
  /**
   * User agent of its last use, shortened; empty when unknown.
   */
  'device': (string);
  /**
   * Network address of its last use; empty when unknown.
   */
  'address': (string);
  /**
   * When the user signed in.
   */
  'createdAt': (_google_protobuf_Timestamp__Output | null);
  /**
   * When its tokens were last made.
   */
  'lastUsedAt': (_google_protobuf_Timestamp__Output | null);
  /**
   * When it ends if it is not used before.
   */
  'expiresAt': (_google_protobuf_Timestamp__Output | null);
  /**
   * Whether the caller's token belongs to it.
   */
  'current': (boolean);
}
