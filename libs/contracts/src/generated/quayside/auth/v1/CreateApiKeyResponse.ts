// Original file: protos/quayside/auth/v1/auth.proto

import type { ApiKey as _quayside_auth_v1_ApiKey, ApiKey__Output as _quayside_auth_v1_ApiKey__Output } from '../../../quayside/auth/v1/ApiKey';

/**
 * CreateApiKeyResponse carries the key, this once.
 */
export interface CreateApiKeyResponse {
  /**
   * The key with its secret; only its hash is stored.
   */
  'apiKey'?: (string);
  /**
   * What is known of it.
   */
  'key'?: (_quayside_auth_v1_ApiKey | null);
}

/**
 * CreateApiKeyResponse carries the key, this once.
 */
export interface CreateApiKeyResponse__Output {
  /**
   * The key with its secret; only its hash is stored.
   */
  'apiKey': (string);
  /**
   * What is known of it.
   */
  'key': (_quayside_auth_v1_ApiKey__Output | null);
}
