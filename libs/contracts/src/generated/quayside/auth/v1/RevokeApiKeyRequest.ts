// Original file: protos/quayside/auth/v1/auth.proto


/**
 * RevokeApiKeyRequest names a key.
 */
export interface RevokeApiKeyRequest {
  /**
   * One of the caller's keys.
   */
  'keyId'?: (string);
}

/**
 * RevokeApiKeyRequest names a key.
 */
export interface RevokeApiKeyRequest__Output {
  /**
   * One of the caller's keys.
   */
  'keyId': (string);
}
