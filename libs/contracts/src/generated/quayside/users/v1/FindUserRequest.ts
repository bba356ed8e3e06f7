// Original file: protos/quayside/users/v1/users.proto


/**
 * FindUserRequest names one user, by one of the two.
 */
export interface FindUserRequest {
  /**
   * The user (UUIDv7).
   */
  'userId'?: (string);
  /**
   * The handle, when the id is empty.
   */
  'handle'?: (string);
}

/**
 * FindUserRequest names one user, by one of the two.
 */
export interface FindUserRequest__Output {
  /**
   * The user (UUIDv7).
   */
  'userId': (string);
  /**
   * The handle, when the id is empty.
   */
  'handle': (string);
}
