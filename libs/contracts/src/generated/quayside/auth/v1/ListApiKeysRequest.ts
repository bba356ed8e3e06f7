// Original file: protos/quayside/auth/v1/auth.proto


/**
 * ListApiKeysRequest is empty: the keys are the caller's.
 */
export interface ListApiKeysRequest {
}

/**
 * ListApiKeysRequest is empty: the keys are the caller's.
 */
export interface ListApiKeysRequest__Output {
}
