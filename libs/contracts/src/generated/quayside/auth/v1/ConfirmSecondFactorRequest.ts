// Original file: protos/quayside/auth/v1/auth.proto


/**
 * ConfirmSecondFactorRequest carries a code of the authenticator.
 */
export interface ConfirmSecondFactorRequest {
  /**
   * Six digits.
   */
  'code'?: (string);
}

/**
 * ConfirmSecondFactorRequest carries a code of the authenticator.
 */
export interface ConfirmSecondFactorRequest__Output {
  /**
   * Six digits.
   */
  'code': (string);
}
