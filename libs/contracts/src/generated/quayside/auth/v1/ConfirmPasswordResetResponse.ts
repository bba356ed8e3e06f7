// Original file: protos/quayside/auth/v1/auth.proto


/**
 * ConfirmPasswordResetResponse is empty: the user signs in with the new password.
 */
export interface ConfirmPasswordResetResponse {
}

/**
 * ConfirmPasswordResetResponse is empty: the user signs in with the new password.
 */
export interface ConfirmPasswordResetResponse__Output {
}
