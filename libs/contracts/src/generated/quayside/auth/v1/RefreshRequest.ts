// Original file: protos/quayside/auth/v1/auth.proto

import type { ClientInfo as _quayside_auth_v1_ClientInfo, ClientInfo__Output as _quayside_auth_v1_ClientInfo__Output } from '../../../quayside/auth/v1/ClientInfo';

/**
 * RefreshRequest spends a refresh token.
 */
export interface RefreshRequest {
  /**
   * The token from the last Register, Login or Refresh.
   */
  'refreshToken'?: (string);
  /**
   * Where the request comes from; shown in the list of sessions.
   */
  'client'?: (_quayside_auth_v1_ClientInfo | null);
}

/**
 * RefreshRequest spends a refresh token.
 */
export interface RefreshRequest__Output {
  /**
   * The token from the last Register, Login or Refresh.
   */
  'refreshToken': (string);
  /**
   * Where the request comes from; shown in the list of sessions.
   */
  'client': (_quayside_auth_v1_ClientInfo__Output | null);
}
