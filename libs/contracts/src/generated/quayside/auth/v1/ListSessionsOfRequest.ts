// Original file: protos/quayside/auth/v1/auth.proto


/**
 * ListSessionsOfRequest names a user.
 */
export interface ListSessionsOfRequest {
  /**
   * Whose sessions.
   */
  'userId'?: (string);
}

/**
 * ListSessionsOfRequest names a user.
 */
export interface ListSessionsOfRequest__Output {
  /**
   * Whose sessions.
   */
  'userId': (string);
}
