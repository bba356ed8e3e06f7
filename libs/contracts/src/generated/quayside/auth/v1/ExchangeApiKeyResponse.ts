// Original file: protos/quayside/auth/v1/auth.proto


/**
 * ExchangeApiKeyResponse carries a token of the key.
 */
export interface ExchangeApiKeyResponse {
  /**
   * The identity that the key acts for.
   */
  'userId'?: (string);
  /**
   * Signed JWT (EdDSA), sent as a bearer token. It cannot be refreshed: exchange the key again.
   */
  'accessToken'?: (string);
  /**
   * Lifetime of the access token, in seconds.
   */
  'expiresInSeconds'?: (number);
  /**
   * What the token may do.
   */
  'scopes'?: (string)[];
}

/**
 * ExchangeApiKeyResponse carries a token of the key.
 */
export interface ExchangeApiKeyResponse__Output {
  /**
   * The identity that the key acts for.
   */
  'userId': (string);
  /**
   * Signed JWT (EdDSA), sent as a bearer token. It cannot be refreshed: exchange the key again.
   */
  'accessToken': (string);
  /**
   * Lifetime of the access token, in seconds.
   */
  'expiresInSeconds': (number);
  /**
   * What the token may do.
   */
  'scopes': (string)[];
}
