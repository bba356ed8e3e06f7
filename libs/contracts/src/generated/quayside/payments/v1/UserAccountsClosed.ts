// Original file: protos/quayside/payments/v1/events.proto


/**
 * UserAccountsClosed: a user's accounts are closed for good, because the user wishes to be forgotten. Every service that
 * keeps something about the user erases it. Topic payments.closure.v1, keyed by user id.
 */
export interface UserAccountsClosed {
  /**
   * Whose accounts.
   */
  'userId'?: (string);
}

/**
 * UserAccountsClosed: a user's accounts are closed for good, because the user wishes to be forgotten. Every service that
 * keeps something about the user erases it. Topic payments.closure.v1, keyed by user id.
 */
export interface UserAccountsClosed__Output {
  /**
   * Whose accounts.
   */
  'userId': (string);
}
