// Original file: protos/quayside/auth/v1/auth.proto


/**
 * DisableSecondFactorResponse is empty.
 */
export interface DisableSecondFactorResponse {
}

/**
 * DisableSecondFactorResponse is empty.
 */
export interface DisableSecondFactorResponse__Output {
}
