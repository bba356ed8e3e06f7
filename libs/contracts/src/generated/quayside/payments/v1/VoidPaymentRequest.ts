// Original file: protos/quayside/payments/v1/payments.proto


/**
 * VoidPaymentRequest gives up an authorized payment.
 */
export interface VoidPaymentRequest {
  /**
   * 1 to 255 characters chosen by the client.
   */
  'idempotencyKey'?: (string);
  /**
   * The payment to void; the caller is its payee.
   */
  'paymentId'?: (string);
}

/**
 * VoidPaymentRequest gives up an authorized payment.
 */
export interface VoidPaymentRequest__Output {
  /**
   * 1 to 255 characters chosen by the client.
   */
  'idempotencyKey': (string);
  /**
   * The payment to void; the caller is its payee.
   */
  'paymentId': (string);
}
