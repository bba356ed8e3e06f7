// Original file: protos/quayside/auth/v1/auth.proto


/**
 * RefreshRequest spends a refresh token.
 */
export interface RefreshRequest {
  /**
   * The token from the last Register, Login or Refresh.
   */
  'refreshToken'?: (string);
}

/**
 * RefreshRequest spends a refresh token.
 */
export interface RefreshRequest__Output {
  /**
   * The token from the last Register, Login or Refresh.
   */
  'refreshToken': (string);
}
