// Original file: protos/quayside/auth/v1/auth.proto

import type { ClientInfo as _quayside_auth_v1_ClientInfo, ClientInfo__Output as _quayside_auth_v1_ClientInfo__Output } from '../../../quayside/auth/v1/ClientInfo';

/**
 * RegisterRequest describes a new identity.
 */
export interface RegisterRequest {
  /**
   * UUIDv7 chosen by the caller; the same id is used by every service.
   */
  'userId'?: (string);
  /**
   * E-mail address; compared without regard to case.
   */
  'email'?: (string);
  /**
   * Password in clear, 12 to 256 characters; never stored or logged.
   */
  'password'?: (string);
  /**
   * Handle already reserved in the users service.
   */
  'handle'?: (string);
  /**
   * Name shown to other users.
   */
  'displayName'?: (string);
  /**
   * Whether the users service keeps the display name already: then the event of this registration does not carry it.
   */
  'displayNameKept'?: (boolean);
  /**
   * Where the request comes from.
   */
  'client'?: (_quayside_auth_v1_ClientInfo | null);
}

/**
 * RegisterRequest describes a new identity.
 */
export interface RegisterRequest__Output {
  /**
   * UUIDv7 chosen by the caller; the same id is used by every service.
   */
  'userId': (string);
  /**
   * E-mail address; compared without regard to case.
   */
  'email': (string);
  /**
   * Password in clear, 12 to 256 characters; never stored or logged.
   */
  'password': (string);
  /**
   * Handle already reserved in the users service.
   */
  'handle': (string);
  /**
   * Name shown to other users.
   */
  'displayName': (string);
  /**
   * Whether the users service keeps the display name already: then the event of this registration does not carry it.
   */
  'displayNameKept': (boolean);
  /**
   * Where the request comes from.
   */
  'client': (_quayside_auth_v1_ClientInfo__Output | null);
}
