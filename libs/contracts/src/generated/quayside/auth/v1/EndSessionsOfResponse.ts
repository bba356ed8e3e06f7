// Original file: protos/quayside/auth/v1/auth.proto


/**
 * EndSessionsOfResponse says how many.
 */
export interface EndSessionsOfResponse {
  /**
   * Sessions that ended now.
   */
  'ended'?: (number);
  /**
   * API keys that were revoked now.
   */
  'apiKeysRevoked'?: (number);
}

/**
 * EndSessionsOfResponse says how many.
 */
export interface EndSessionsOfResponse__Output {
  /**
   * Sessions that ended now.
   */
  'ended': (number);
  /**
   * API keys that were revoked now.
   */
  'apiKeysRevoked': (number);
}
