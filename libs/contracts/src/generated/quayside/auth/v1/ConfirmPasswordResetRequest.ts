// Original file: protos/quayside/auth/v1/auth.proto

import type { ClientInfo as _quayside_auth_v1_ClientInfo, ClientInfo__Output as _quayside_auth_v1_ClientInfo__Output } from '../../../quayside/auth/v1/ClientInfo';

/**
 * ConfirmPasswordResetRequest spends a token that was sent by mail.
 */
export interface ConfirmPasswordResetRequest {
  /**
   * The token from the mail.
   */
  'token'?: (string);
  /**
   * The password from now on, in clear, 12 to 256 characters; never stored or logged.
   */
  'newPassword'?: (string);
  /**
   * Where the request comes from; wrong tokens are counted against it.
   */
  'client'?: (_quayside_auth_v1_ClientInfo | null);
}

/**
 * ConfirmPasswordResetRequest spends a token that was sent by mail.
 */
export interface ConfirmPasswordResetRequest__Output {
  /**
   * The token from the mail.
   */
  'token': (string);
  /**
   * The password from now on, in clear, 12 to 256 characters; never stored or logged.
   */
  'newPassword': (string);
  /**
   * Where the request comes from; wrong tokens are counted against it.
   */
  'client': (_quayside_auth_v1_ClientInfo__Output | null);
}
