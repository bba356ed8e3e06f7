// Original file: protos/quayside/payments/v1/events.proto


/**
 * AccountOpened: a user can hold money. Topic payments.account.v1, keyed by account id.
 */
export interface AccountOpened {
  /**
   * The account (UUIDv7).
   */
  'accountId'?: (string);
  /**
   * Its owner.
   */
  'userId'?: (string);
  /**
   * ISO 4217 code.
   */
  'currency'?: (string);
}

/**
 * AccountOpened: a user can hold money. Topic payments.account.v1, keyed by account id.
 */
export interface AccountOpened__Output {
  /**
   * The account (UUIDv7).
   */
  'accountId': (string);
  /**
   * Its owner.
   */
  'userId': (string);
  /**
   * ISO 4217 code.
   */
  'currency': (string);
}
