// Original file: protos/quayside/payments/v1/payments.proto


/**
 * FreezeAccountRequest names an account and says why.
 */
export interface FreezeAccountRequest {
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
 * FreezeAccountRequest names an account and says why.
 */
export interface FreezeAccountRequest__Output {
  /**
   * A customer's account.
   */
  'accountId': (string);
  /**
   * 1 to 500 characters, kept beside the change.
   */
  'reason': (string);
}
