// Original file: protos/quayside/payments/v1/payments.proto


/**
 * ResumeTopUpRequest names a top-up that was given up.
 */
export interface ResumeTopUpRequest {
  /**
   * The top-up.
   */
  'topUpId'?: (string);
}

/**
 * ResumeTopUpRequest names a top-up that was given up.
 */
export interface ResumeTopUpRequest__Output {
  /**
   * The top-up.
   */
  'topUpId': (string);
}
