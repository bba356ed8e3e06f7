// Original file: protos/quayside/payments/v1/payments.proto

/**
 * PaymentStatus is the state of a payment.
 */
export const PaymentStatus = {
  /**
   * Not set.
   */
  PAYMENT_STATUS_UNSPECIFIED: 'PAYMENT_STATUS_UNSPECIFIED',
  /**
   * The money has moved.
   */
  PAYMENT_STATUS_COMPLETED: 'PAYMENT_STATUS_COMPLETED',
  /**
   * Part of it was given back.
   */
  PAYMENT_STATUS_PARTIALLY_REFUNDED: 'PAYMENT_STATUS_PARTIALLY_REFUNDED',
  /**
   * All of it was given back.
   */
  PAYMENT_STATUS_REFUNDED: 'PAYMENT_STATUS_REFUNDED',
  /**
   * The money is set aside at the payer and has not moved.
   */
  PAYMENT_STATUS_AUTHORIZED: 'PAYMENT_STATUS_AUTHORIZED',
  /**
   * Who was to be paid released the money.
   */
  PAYMENT_STATUS_VOIDED: 'PAYMENT_STATUS_VOIDED',
  /**
   * The money was released because nobody captured it in time.
   */
  PAYMENT_STATUS_EXPIRED: 'PAYMENT_STATUS_EXPIRED',
} as const;

/**
 * PaymentStatus is the state of a payment.
 */
export type PaymentStatus =
  /**
   * Not set.
   */
  | 'PAYMENT_STATUS_UNSPECIFIED'
  | 0
  /**
   * The money has moved.
   */
  | 'PAYMENT_STATUS_COMPLETED'
  | 1
  /**
   * Part of it was given back.
   */
  | 'PAYMENT_STATUS_PARTIALLY_REFUNDED'
  | 2
  /**
   * All of it was given back.
   */
  | 'PAYMENT_STATUS_REFUNDED'
  | 3
  /**
   * The money is set aside at the payer and has not moved.
   */
  | 'PAYMENT_STATUS_AUTHORIZED'
  | 4
  /**
   * Who was to be paid released the money.
   */
  | 'PAYMENT_STATUS_VOIDED'
  | 5
  /**
   * The money was released because nobody captured it in time.
   */
  | 'PAYMENT_STATUS_EXPIRED'
  | 6

/**
 * PaymentStatus is the state of a payment.
 */
export type PaymentStatus__Output = typeof PaymentStatus[keyof typeof PaymentStatus]
