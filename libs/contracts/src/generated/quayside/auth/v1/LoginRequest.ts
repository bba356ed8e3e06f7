// Original file: protos/quayside/auth/v1/auth.proto

import type { ClientInfo as _quayside_auth_v1_ClientInfo, ClientInfo__Output as _quayside_auth_v1_ClientInfo__Output } from '../../../quayside/auth/v1/ClientInfo';

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
  /**
   * Where the request comes from; failures are counted against it.
   */
  'client'?: (_quayside_auth_v1_ClientInfo | null);
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
  /**
   * Where the request comes from; failures are counted against it.
   */
  'client': (_quayside_auth_v1_ClientInfo__Output | null);
}
