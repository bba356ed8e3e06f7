// Original file: protos/quayside/auth/v1/auth.proto


/**
 * LoginRequest proves an identity by its password.
 */
export interface LoginRequest {
  /**
   * E-mail address; compared without regard to case.
   */
  'email'?: (string);
  /**
   * Password in clear; never stored or logged.
   */
  'password'?: (string);
}

/**
 * LoginRequest proves an identity by its password.
 */
export interface LoginRequest__Output {
  /**
   * E-mail address; compared without regard to case.
   */
  'email': (string);
  /**
   * Password in clear; never stored or logged.
   */
  'password': (string);
}
