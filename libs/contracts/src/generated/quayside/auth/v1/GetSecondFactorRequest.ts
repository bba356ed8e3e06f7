// Original file: protos/quayside/auth/v1/auth.proto


/**
 * GetSecondFactorRequest is empty.
 */
export interface GetSecondFactorRequest {
}

/**
 * GetSecondFactorRequest is empty.
 */
export interface GetSecondFactorRequest__Output {
}
