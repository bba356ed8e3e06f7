// Original file: protos/quayside/users/v1/users.proto


/**
 * UpdateProfileRequest carries the fields to change.
 */
export interface UpdateProfileRequest {
  /**
   * New display name, 1 to 80 characters; absent: unchanged.
   */
  'displayName'?: (string);
  '_displayName'?: "displayName";
}

/**
 * UpdateProfileRequest carries the fields to change.
 */
export interface UpdateProfileRequest__Output {
  /**
   * New display name, 1 to 80 characters; absent: unchanged.
   */
  'displayName'?: (string);
  '_displayName'?: "displayName";
}
