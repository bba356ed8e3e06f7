// Original file: protos/quayside/payments/v1/payments.proto


/**
 * GetPaymentRequest names one payment.
 */
export interface GetPaymentRequest {
  /**
   * The payment to return.
   */
  'paymentId'?: (string);
}

/**
 * GetPaymentRequest names one payment.
 */
export interface GetPaymentRequest__Output {
  /**
   * The payment to return.
   */
  'paymentId': (string);
}
