// Original file: protos/quayside/users/v1/users.proto


/**
 * GetProfileRequest is empty: the profile is the caller's.
 */
export interface GetProfileRequest {
}

/**
 * GetProfileRequest is empty: the profile is the caller's.
 */
export interface GetProfileRequest__Output {
}
