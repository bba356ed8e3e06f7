// Original file: protos/quayside/auth/v1/auth.proto


/**
 * CheckRecentSignInRequest says how long ago is too long.
 */
export interface CheckRecentSignInRequest {
  /**
   * Seconds since the sign-in.
   */
  'maxAgeSeconds'?: (number);
}

/**
 * CheckRecentSignInRequest says how long ago is too long.
 */
export interface CheckRecentSignInRequest__Output {
  /**
   * Seconds since the sign-in.
   */
  'maxAgeSeconds': (number);
}
