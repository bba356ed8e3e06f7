// Original file: protos/quayside/auth/v1/auth.proto


/**
 * RequestPasswordResetResponse is empty, whether the address is known or not.
 */
export interface RequestPasswordResetResponse {
}

/**
 * RequestPasswordResetResponse is empty, whether the address is known or not.
 */
export interface RequestPasswordResetResponse__Output {
}
