// Original file: protos/quayside/payments/v1/payments.proto


/**
 * GetTopUpRequest names one top-up.
 */
export interface GetTopUpRequest {
  /**
   * The top-up to return.
   */
  'topUpId'?: (string);
}

/**
 * GetTopUpRequest names one top-up.
 */
export interface GetTopUpRequest__Output {
  /**
   * The top-up to return.
   */
  'topUpId': (string);
}
