// Original file: protos/quayside/payments/v1/payments.proto


/**
 * GetStatementRequest asks for a page of entries.
 */
export interface GetStatementRequest {
  /**
   * One of the caller's accounts.
   */
  'accountId'?: (string);
  /**
   * next_cursor of the page before; empty for the newest entries.
   */
  'cursor'?: (string);
  /**
   * Most entries to return, 1 to 100; 0 means 20.
   */
  'limit'?: (number);
}

/**
 * GetStatementRequest asks for a page of entries.
 */
export interface GetStatementRequest__Output {
  /**
   * One of the caller's accounts.
   */
  'accountId': (string);
  /**
   * next_cursor of the page before; empty for the newest entries.
   */
  'cursor': (string);
  /**
   * Most entries to return, 1 to 100; 0 means 20.
   */
  'limit': (number);
}
