// Original file: protos/quayside/payments/v1/payments.proto


/**
 * UnfreezeAccountRequest names an account and says why.
 */
export interface UnfreezeAccountRequest {
  /**
   * A customer's account.
   */
  'accountId'?: (string);
  /**
   * 1 to 500 characters, kept beside the change.
   */
  'reason'?: (string);
}

/**
 * UnfreezeAccountRequest names an account and says why.
 */
export interface UnfreezeAccountRequest__Output {
  /**
   * A customer's account.
   */
  'accountId': (string);
  /**
   * 1 to 500 characters, kept beside the change.
   */
  'reason': (string);
}
