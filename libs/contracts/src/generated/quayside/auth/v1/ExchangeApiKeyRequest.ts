// Original file: protos/quayside/auth/v1/auth.proto

import type { ClientInfo as _quayside_auth_v1_ClientInfo, ClientInfo__Output as _quayside_auth_v1_ClientInfo__Output } from '../../../quayside/auth/v1/ClientInfo';

/**
 * ExchangeApiKeyRequest carries a key.
 */
export interface ExchangeApiKeyRequest {
  /**
   * The key with its secret.
   */
  'apiKey'?: (string);
  /**
   * Where the request comes from.
   */
  'client'?: (_quayside_auth_v1_ClientInfo | null);
}

/**
 * ExchangeApiKeyRequest carries a key.
 */
export interface ExchangeApiKeyRequest__Output {
  /**
   * The key with its secret.
   */
  'apiKey': (string);
  /**
   * Where the request comes from.
   */
  'client': (_quayside_auth_v1_ClientInfo__Output | null);
}
