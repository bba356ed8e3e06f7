// Original file: protos/quayside/auth/v1/auth.proto

import type { ClientInfo as _quayside_auth_v1_ClientInfo, ClientInfo__Output as _quayside_auth_v1_ClientInfo__Output } from '../../../quayside/auth/v1/ClientInfo';

/**
 * RequestPasswordResetRequest says who cannot sign in.
 */
export interface RequestPasswordResetRequest {
  /**
   * E-mail address; compared without regard to case.
   */
  'email'?: (string);
  /**
   * Where the request comes from; requests are counted against it.
   */
  'client'?: (_quayside_auth_v1_ClientInfo | null);
}

/**
 * RequestPasswordResetRequest says who cannot sign in.
 */
export interface RequestPasswordResetRequest__Output {
  /**
   * E-mail address; compared without regard to case.
   */
  'email': (string);
  /**
   * Where the request comes from; requests are counted against it.
   */
  'client': (_quayside_auth_v1_ClientInfo__Output | null);
}
