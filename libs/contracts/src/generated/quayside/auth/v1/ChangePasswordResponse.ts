// Original file: protos/quayside/auth/v1/auth.proto


/**
 * ChangePasswordResponse is empty.
 */
export interface ChangePasswordResponse {
}

/**
 * ChangePasswordResponse is empty.
 */
export interface ChangePasswordResponse__Output {
}
