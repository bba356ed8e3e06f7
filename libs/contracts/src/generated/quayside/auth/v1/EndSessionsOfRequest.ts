// Original file: protos/quayside/auth/v1/auth.proto


/**
 * EndSessionsOfRequest names a user.
 */
export interface EndSessionsOfRequest {
  /**
   * Whose sessions.
   */
  'userId'?: (string);
}

/**
 * EndSessionsOfRequest names a user.
 */
export interface EndSessionsOfRequest__Output {
  /**
   * Whose sessions.
   */
  'userId': (string);
}
