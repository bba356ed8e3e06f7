// Original file: protos/quayside/auth/v1/session_events.proto

import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp';

/**
 * SessionEnded: nothing signed for this session may be trusted any more.
 */
export interface SessionEnded {
  /**
   * The session, or API key, that ended (the claim `sid` of its access tokens).
   */
  'sessionId'?: (string);
  /**
   * The user whose session it was.
   */
  'userId'?: (string);
  /**
   * Why: logout, password_changed, password_reset, token_reused, ended_by_user, ended_by_operator,
   * identity_deleted or api_key_revoked.
   */
  'reason'?: (string);
  /**
   * When it ended.
   */
  'endedAt'?: (_google_protobuf_Timestamp | null);
}

/**
 * SessionEnded: nothing signed for this session may be trusted any more.
 */
export interface SessionEnded__Output {
  /**
   * The session, or API key, that ended (the claim `sid` of its access tokens).
   */
  'sessionId': (string);
  /**
   * The user whose session it was.
   */
  'userId': (string);
  /**
   * Why: logout, password_changed, password_reset, token_reused, ended_by_user, ended_by_operator,
   * identity_deleted or api_key_revoked.
   */
  'reason': (string);
  /**
   * When it ended.
   */
  'endedAt': (_google_protobuf_Timestamp__Output | null);
}
