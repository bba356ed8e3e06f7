// Original file: protos/quayside/users/v1/events.proto


/**
 * UserCreated: a profile exists and its handle is confirmed.
 */
export interface UserCreated {
  /**
   * The user (UUIDv7).
   */
  'userId'?: (string);
  /**
   * The confirmed handle.
   */
  'handle'?: (string);
  /**
   * Empty: a topic is no place for names, for nothing can be erased there. Earlier releases wrote the name shown to others.
   */
  'displayName'?: (string);
}

/**
 * UserCreated: a profile exists and its handle is confirmed.
 */
export interface UserCreated__Output {
  /**
   * The user (UUIDv7).
   */
  'userId': (string);
  /**
   * The confirmed handle.
   */
  'handle': (string);
  /**
   * Empty: a topic is no place for names, for nothing can be erased there. Earlier releases wrote the name shown to others.
   */
  'displayName': (string);
}
