// Original file: protos/quayside/auth/v1/auth.proto


/**
 * GetJwksRequest is empty.
 */
export interface GetJwksRequest {
}

/**
 * GetJwksRequest is empty.
 */
export interface GetJwksRequest__Output {
}
