// Original file: protos/quayside/auth/v1/auth.proto


/**
 * GetSecondFactorResponse says what the caller has.
 */
export interface GetSecondFactorResponse {
  /**
   * Whether there is a confirmed second factor.
   */
  'enabled'?: (boolean);
  /**
   * How many recovery codes are left.
   */
  'recoveryCodesLeft'?: (number);
}

/**
 * GetSecondFactorResponse says what the caller has.
 */
export interface GetSecondFactorResponse__Output {
  /**
   * Whether there is a confirmed second factor.
   */
  'enabled': (boolean);
  /**
   * How many recovery codes are left.
   */
  'recoveryCodesLeft': (number);
}
