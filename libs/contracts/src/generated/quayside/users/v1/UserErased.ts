// Original file: protos/quayside/users/v1/events.proto


/**
 * UserErased: the profile is gone and the handle will never be anybody's again. What identifies the user elsewhere has to
 * be erased as well.
 */
export interface UserErased {
  /**
   * The user (UUIDv7).
   */
  'userId'?: (string);
}

/**
 * UserErased: the profile is gone and the handle will never be anybody's again. What identifies the user elsewhere has to
 * be erased as well.
 */
export interface UserErased__Output {
  /**
   * The user (UUIDv7).
   */
  'userId': (string);
}
