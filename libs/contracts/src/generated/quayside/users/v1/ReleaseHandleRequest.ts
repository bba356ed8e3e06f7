// Original file: protos/quayside/users/v1/users.proto


/**
 * ReleaseHandleRequest names the user whose reservation is no longer wanted.
 */
export interface ReleaseHandleRequest {
  /**
   * The user id that the handle was reserved for (UUIDv7).
   */
  'userId'?: (string);
}

/**
 * ReleaseHandleRequest names the user whose reservation is no longer wanted.
 */
export interface ReleaseHandleRequest__Output {
  /**
   * The user id that the handle was reserved for (UUIDv7).
   */
  'userId': (string);
}
