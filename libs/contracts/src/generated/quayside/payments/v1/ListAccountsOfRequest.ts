// Original file: protos/quayside/payments/v1/payments.proto


/**
 * ListAccountsOfRequest names a user.
 */
export interface ListAccountsOfRequest {
  /**
   * Whose accounts.
   */
  'userId'?: (string);
}

/**
 * ListAccountsOfRequest names a user.
 */
export interface ListAccountsOfRequest__Output {
  /**
   * Whose accounts.
   */
  'userId': (string);
}
