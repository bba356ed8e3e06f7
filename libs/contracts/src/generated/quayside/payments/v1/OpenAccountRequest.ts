// Original file: protos/quayside/payments/v1/payments.proto


/**
 * OpenAccountRequest asks for an account.
 */
export interface OpenAccountRequest {
  /**
   * ISO 4217 code: EUR, USD, GBP or JPY.
   */
  'currency'?: (string);
}

/**
 * OpenAccountRequest asks for an account.
 */
export interface OpenAccountRequest__Output {
  /**
   * ISO 4217 code: EUR, USD, GBP or JPY.
   */
  'currency': (string);
}
