// Original file: protos/quayside/auth/v1/auth.proto

import type { ApiKey as _quayside_auth_v1_ApiKey, ApiKey__Output as _quayside_auth_v1_ApiKey__Output } from '../../../quayside/auth/v1/ApiKey';

/**
 * ListApiKeysResponse carries the caller's keys.
 */
export interface ListApiKeysResponse {
  /**
   * Keys that work, the newest first.
   */
  'keys'?: (_quayside_auth_v1_ApiKey)[];
}

/**
 * ListApiKeysResponse carries the caller's keys.
 */
export interface ListApiKeysResponse__Output {
  /**
   * Keys that work, the newest first.
   */
  'keys': (_quayside_auth_v1_ApiKey__Output)[];
}
