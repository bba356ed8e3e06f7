// Original file: protos/quayside/auth/v1/auth.proto


/**
 * LogoutResponse is empty.
 */
export interface LogoutResponse {
}

/**
 * LogoutResponse is empty.
 */
export interface LogoutResponse__Output {
}
