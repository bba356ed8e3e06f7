// Original file: protos/quayside/auth/v1/auth.proto


/**
 * RevokeApiKeyResponse is empty.
 */
export interface RevokeApiKeyResponse {
}

/**
 * RevokeApiKeyResponse is empty.
 */
export interface RevokeApiKeyResponse__Output {
}
