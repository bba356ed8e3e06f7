// Original file: protos/quayside/users/v1/events.proto


/**
 * UserUpdated: a profile has changed. Who needs to know what it is now asks for it.
 */
export interface UserUpdated {
  /**
   * The user (UUIDv7).
   */
  'userId'?: (string);
  /**
   * The user's handle, which never changes.
   */
  'handle'?: (string);
  /**
   * Empty, as in UserCreated.
   */
  'displayName'?: (string);
}

/**
 * UserUpdated: a profile has changed. Who needs to know what it is now asks for it.
 */
export interface UserUpdated__Output {
  /**
   * The user (UUIDv7).
   */
  'userId': (string);
  /**
   * The user's handle, which never changes.
   */
  'handle': (string);
  /**
   * Empty, as in UserCreated.
   */
  'displayName': (string);
}
