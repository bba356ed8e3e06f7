// Original file: protos/quayside/payments/v1/payments.proto

/**
 * AccountStatus says whether an account may be used.
 */
export const AccountStatus = {
  /**
   * Not set.
   */
  ACCOUNT_STATUS_UNSPECIFIED: 'ACCOUNT_STATUS_UNSPECIFIED',
  /**
   * In use.
   */
  ACCOUNT_STATUS_OPEN: 'ACCOUNT_STATUS_OPEN',
  /**
   * May neither pay nor be paid.
   */
  ACCOUNT_STATUS_FROZEN: 'ACCOUNT_STATUS_FROZEN',
  /**
   * No longer in use.
   */
  ACCOUNT_STATUS_CLOSED: 'ACCOUNT_STATUS_CLOSED',
} as const;

/**
 * AccountStatus says whether an account may be used.
 */
export type AccountStatus =
  /**
   * Not set.
   */
  | 'ACCOUNT_STATUS_UNSPECIFIED'
  | 0
  /**
   * In use.
   */
  | 'ACCOUNT_STATUS_OPEN'
  | 1
  /**
   * May neither pay nor be paid.
   */
  | 'ACCOUNT_STATUS_FROZEN'
  | 2
  /**
   * No longer in use.
   */
  | 'ACCOUNT_STATUS_CLOSED'
  | 3

/**
 * AccountStatus says whether an account may be used.
 */
export type AccountStatus__Output = typeof AccountStatus[keyof typeof AccountStatus]
