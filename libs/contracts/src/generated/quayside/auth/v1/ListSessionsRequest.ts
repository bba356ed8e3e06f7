// Original file: protos/quayside/auth/v1/auth.proto


/**
 * ListSessionsRequest is empty: the sessions are the caller's.
 */
export interface ListSessionsRequest {
}

/**
 * ListSessionsRequest is empty: the sessions are the caller's.
 */
export interface ListSessionsRequest__Output {
}
