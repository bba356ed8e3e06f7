// Original file: protos/quayside/auth/v1/auth.proto


/**
 * DisableSecondFactorRequest is empty.
 */
export interface DisableSecondFactorRequest {
}

/**
 * DisableSecondFactorRequest is empty.
 */
export interface DisableSecondFactorRequest__Output {
}
