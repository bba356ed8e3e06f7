// Original file: protos/quayside/auth/v1/auth.proto

import type { Session as _quayside_auth_v1_Session, Session__Output as _quayside_auth_v1_Session__Output } from '../../../quayside/auth/v1/Session';

/**
 * ListSessionsResponse carries the caller's living sessions.
 */
export interface ListSessionsResponse {
  /**
   * The sessions, the one used last first.
   */
  'sessions'?: (_quayside_auth_v1_Session)[];
}

/**
 * ListSessionsResponse carries the caller's living sessions.
 */
export interface ListSessionsResponse__Output {
  /**
   * The sessions, the one used last first.
   */
  'sessions': (_quayside_auth_v1_Session__Output)[];
}
