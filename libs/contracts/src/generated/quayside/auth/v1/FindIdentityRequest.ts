// Original file: protos/quayside/auth/v1/auth.proto


/**
 * FindIdentityRequest names one identity, by one of the two.
 */
export interface FindIdentityRequest {
  /**
   * The user (UUIDv7).
   */
  'userId'?: (string);
  /**
   * E-mail address, when the id is empty; compared without regard to case.
   */
  'email'?: (string);
}

/**
 * FindIdentityRequest names one identity, by one of the two.
 */
export interface FindIdentityRequest__Output {
  /**
   * The user (UUIDv7).
   */
  'userId': (string);
  /**
   * E-mail address, when the id is empty; compared without regard to case.
   */
  'email': (string);
}
