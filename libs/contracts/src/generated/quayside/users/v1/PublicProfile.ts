// Original file: protos/quayside/users/v1/users.proto


/**
 * PublicProfile is what others may see.
 */
export interface PublicProfile {
  /**
   * Unique, lower-case name.
   */
  'handle'?: (string);
  /**
   * Name shown to other users.
   */
  'displayName'?: (string);
}

/**
 * PublicProfile is what others may see.
 */
export interface PublicProfile__Output {
  /**
   * Unique, lower-case name.
   */
  'handle': (string);
  /**
   * Name shown to other users.
   */
  'displayName': (string);
}
