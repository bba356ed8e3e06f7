// Original file: protos/quayside/users/v1/users.proto


/**
 * FindByHandleRequest names one user.
 */
export interface FindByHandleRequest {
  /**
   * The handle to look for.
   */
  'handle'?: (string);
}

/**
 * FindByHandleRequest names one user.
 */
export interface FindByHandleRequest__Output {
  /**
   * The handle to look for.
   */
  'handle': (string);
}
