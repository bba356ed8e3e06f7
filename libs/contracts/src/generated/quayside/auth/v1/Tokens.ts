// Original file: protos/quayside/auth/v1/auth.proto


/**
 * Tokens is what a client holds after signing in.
 */
export interface Tokens {
  /**
   * Signed JWT (EdDSA), sent as a bearer token.
   */
  'accessToken'?: (string);
  /**
   * Opaque, single-use token for Refresh.
   */
  'refreshToken'?: (string);
  /**
   * Lifetime of the access token, in seconds.
   */
  'expiresInSeconds'?: (number);
}

/**
 * Tokens is what a client holds after signing in.
 */
export interface Tokens__Output {
  /**
   * Signed JWT (EdDSA), sent as a bearer token.
   */
  'accessToken': (string);
  /**
   * Opaque, single-use token for Refresh.
   */
  'refreshToken': (string);
  /**
   * Lifetime of the access token, in seconds.
   */
  'expiresInSeconds': (number);
}
