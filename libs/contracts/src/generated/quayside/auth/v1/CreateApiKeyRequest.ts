// Original file: protos/quayside/auth/v1/auth.proto


/**
 * CreateApiKeyRequest describes a key.
 */
export interface CreateApiKeyRequest {
  /**
   * The caller's own word for it, 1 to 80 characters.
   */
  'name'?: (string);
  /**
   * Scopes of the caller, at least one, none of `identity:...`.
   */
  'scopes'?: (string)[];
  /**
   * Days for which it works, 1 to 366; 0: 90.
   */
  'expiresInDays'?: (number);
  /**
   * The caller's password, in clear; never stored or logged. Needed, and looked at, without a second factor alone.
   */
  'password'?: (string);
}

/**
 * CreateApiKeyRequest describes a key.
 */
export interface CreateApiKeyRequest__Output {
  /**
   * The caller's own word for it, 1 to 80 characters.
   */
  'name': (string);
  /**
   * Scopes of the caller, at least one, none of `identity:...`.
   */
  'scopes': (string)[];
  /**
   * Days for which it works, 1 to 366; 0: 90.
   */
  'expiresInDays': (number);
  /**
   * The caller's password, in clear; never stored or logged. Needed, and looked at, without a second factor alone.
   */
  'password': (string);
}
