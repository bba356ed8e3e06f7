// Original file: protos/quayside/auth/v1/events.proto


/**
 * IdentityRegistered: someone can sign in. Carries no e-mail address.
 */
export interface IdentityRegistered {
  /**
   * The new identity (UUIDv7).
   */
  'userId'?: (string);
  /**
   * The handle that was reserved for it.
   */
  'handle'?: (string);
  /**
   * Name shown to other users; the handle, when the users service has the name already. A topic is no place for names, for
   * nothing can be erased there.
   */
  'displayName'?: (string);
}

/**
 * IdentityRegistered: someone can sign in. Carries no e-mail address.
 */
export interface IdentityRegistered__Output {
  /**
   * The new identity (UUIDv7).
   */
  'userId': (string);
  /**
   * The handle that was reserved for it.
   */
  'handle': (string);
  /**
   * Name shown to other users; the handle, when the users service has the name already. A topic is no place for names, for
   * nothing can be erased there.
   */
  'displayName': (string);
}
