// Original file: protos/quayside/auth/v1/auth.proto


/**
 * EndSessionResponse is empty.
 */
export interface EndSessionResponse {
}

/**
 * EndSessionResponse is empty.
 */
export interface EndSessionResponse__Output {
}
