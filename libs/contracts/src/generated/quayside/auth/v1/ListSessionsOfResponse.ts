// Original file: protos/quayside/auth/v1/auth.proto

import type { OperatorSession as _quayside_auth_v1_OperatorSession, OperatorSession__Output as _quayside_auth_v1_OperatorSession__Output } from '../../../quayside/auth/v1/OperatorSession';

/**
 * ListSessionsOfResponse carries the sessions.
 */
export interface ListSessionsOfResponse {
  /**
   * Newest first, at most 100.
   */
  'sessions'?: (_quayside_auth_v1_OperatorSession)[];
}

/**
 * ListSessionsOfResponse carries the sessions.
 */
export interface ListSessionsOfResponse__Output {
  /**
   * Newest first, at most 100.
   */
  'sessions': (_quayside_auth_v1_OperatorSession__Output)[];
}
