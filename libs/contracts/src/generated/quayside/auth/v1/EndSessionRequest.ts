// Original file: protos/quayside/auth/v1/auth.proto


/**
 * EndSessionRequest names a session to end.
 */
export interface EndSessionRequest {
  /**
   * One of the caller's sessions.
   */
  'sessionId'?: (string);
}

/**
 * EndSessionRequest names a session to end.
 */
export interface EndSessionRequest__Output {
  /**
   * One of the caller's sessions.
   */
  'sessionId': (string);
}
