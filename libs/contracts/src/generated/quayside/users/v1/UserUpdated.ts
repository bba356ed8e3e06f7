// Original file: protos/quayside/users/v1/events.proto


/**
 * UserUpdated: a profile has changed; carries the whole new state.
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
   * Name shown to other users.
   */
  'displayName'?: (string);
}

/**
 * UserUpdated: a profile has changed; carries the whole new state.
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
   * Name shown to other users.
   */
  'displayName': (string);
}
