// Original file: protos/quayside/auth/v1/auth.proto


/**
 * LogoutRequest names the session to end.
 */
export interface LogoutRequest {
  /**
   * Any refresh token of the session.
   */
  'refreshToken'?: (string);
}

/**
 * LogoutRequest names the session to end.
 */
export interface LogoutRequest__Output {
  /**
   * Any refresh token of the session.
   */
  'refreshToken': (string);
}
