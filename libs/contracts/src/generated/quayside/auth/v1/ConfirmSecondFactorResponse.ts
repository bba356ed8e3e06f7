// Original file: protos/quayside/auth/v1/auth.proto


/**
 * ConfirmSecondFactorResponse carries what is needed from now on.
 */
export interface ConfirmSecondFactorResponse {
  /**
   * Codes that each work once instead of the authenticator's; only their hashes are stored.
   */
  'recoveryCodes'?: (string)[];
  /**
   * An access token that says that the second factor has been given.
   */
  'accessToken'?: (string);
  /**
   * Lifetime of the access token, in seconds.
   */
  'expiresInSeconds'?: (number);
}

/**
 * ConfirmSecondFactorResponse carries what is needed from now on.
 */
export interface ConfirmSecondFactorResponse__Output {
  /**
   * Codes that each work once instead of the authenticator's; only their hashes are stored.
   */
  'recoveryCodes': (string)[];
  /**
   * An access token that says that the second factor has been given.
   */
  'accessToken': (string);
  /**
   * Lifetime of the access token, in seconds.
   */
  'expiresInSeconds': (number);
}
