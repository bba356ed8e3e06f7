// Original file: protos/quayside/payments/v1/payments.proto

/**
 * TopUpStatus is the state of a top-up.
 */
export const TopUpStatus = {
  /**
   * Not set.
   */
  TOP_UP_STATUS_UNSPECIFIED: 'TOP_UP_STATUS_UNSPECIFIED',
  /**
   * Not yet decided.
   */
  TOP_UP_STATUS_PENDING: 'TOP_UP_STATUS_PENDING',
  /**
   * The account was credited.
   */
  TOP_UP_STATUS_COMPLETED: 'TOP_UP_STATUS_COMPLETED',
  /**
   * The account was not credited and never will be.
   */
  TOP_UP_STATUS_FAILED: 'TOP_UP_STATUS_FAILED',
} as const;

/**
 * TopUpStatus is the state of a top-up.
 */
export type TopUpStatus =
  /**
   * Not set.
   */
  | 'TOP_UP_STATUS_UNSPECIFIED'
  | 0
  /**
   * Not yet decided.
   */
  | 'TOP_UP_STATUS_PENDING'
  | 1
  /**
   * The account was credited.
   */
  | 'TOP_UP_STATUS_COMPLETED'
  | 2
  /**
   * The account was not credited and never will be.
   */
  | 'TOP_UP_STATUS_FAILED'
  | 3

/**
 * TopUpStatus is the state of a top-up.
 */
export type TopUpStatus__Output = typeof TopUpStatus[keyof typeof TopUpStatus]
