// Original file: protos/quayside/auth/v1/auth.proto


/**
 * StepUpResponse carries the token.
 */
export interface StepUpResponse {
  /**
   * Signed JWT (EdDSA) with `acr` aal2 and a fresh `auth_time`. A refresh gives one without again.
   */
  'accessToken'?: (string);
  /**
   * Lifetime of the access token, in seconds.
   */
  'expiresInSeconds'?: (number);
}

/**
 * StepUpResponse carries the token.
 */
export interface StepUpResponse__Output {
  /**
   * Signed JWT (EdDSA) with `acr` aal2 and a fresh `auth_time`. A refresh gives one without again.
   */
  'accessToken': (string);
  /**
   * Lifetime of the access token, in seconds.
   */
  'expiresInSeconds': (number);
}
