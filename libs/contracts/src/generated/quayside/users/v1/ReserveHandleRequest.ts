// Original file: protos/quayside/users/v1/users.proto


/**
 * ReserveHandleRequest asks for a handle before the identity exists.
 */
export interface ReserveHandleRequest {
  /**
   * The user id that will own the handle (UUIDv7).
   */
  'userId'?: (string);
  /**
   * 3 to 30 characters: lower-case letters, digits, underscore; a letter first.
   */
  'handle'?: (string);
  /**
   * Name shown to other users, kept with the reservation until the identity is registered: so it need not travel by events,
   * where it could not be erased. Absent from earlier releases.
   */
  'displayName'?: (string);
  '_displayName'?: "displayName";
}

/**
 * ReserveHandleRequest asks for a handle before the identity exists.
 */
export interface ReserveHandleRequest__Output {
  /**
   * The user id that will own the handle (UUIDv7).
   */
  'userId': (string);
  /**
   * 3 to 30 characters: lower-case letters, digits, underscore; a letter first.
   */
  'handle': (string);
  /**
   * Name shown to other users, kept with the reservation until the identity is registered: so it need not travel by events,
   * where it could not be erased. Absent from earlier releases.
   */
  'displayName'?: (string);
  '_displayName'?: "displayName";
}
