// Original file: protos/quayside/auth/v1/auth.proto


/**
 * StepUpRequest carries a code.
 */
export interface StepUpRequest {
  /**
   * Six digits of the authenticator, or a recovery code. Either works once.
   */
  'code'?: (string);
}

/**
 * StepUpRequest carries a code.
 */
export interface StepUpRequest__Output {
  /**
   * Six digits of the authenticator, or a recovery code. Either works once.
   */
  'code': (string);
}
