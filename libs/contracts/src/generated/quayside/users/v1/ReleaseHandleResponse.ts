// Original file: protos/quayside/users/v1/users.proto


/**
 * ReleaseHandleResponse is empty.
 */
export interface ReleaseHandleResponse {
}

/**
 * ReleaseHandleResponse is empty.
 */
export interface ReleaseHandleResponse__Output {
}
