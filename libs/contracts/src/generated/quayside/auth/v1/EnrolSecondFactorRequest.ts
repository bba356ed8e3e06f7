// Original file: protos/quayside/auth/v1/auth.proto


/**
 * EnrolSecondFactorRequest proves once more who asks.
 */
export interface EnrolSecondFactorRequest {
  /**
   * The caller's password, in clear; never stored or logged.
   */
  'password'?: (string);
}

/**
 * EnrolSecondFactorRequest proves once more who asks.
 */
export interface EnrolSecondFactorRequest__Output {
  /**
   * The caller's password, in clear; never stored or logged.
   */
  'password': (string);
}
