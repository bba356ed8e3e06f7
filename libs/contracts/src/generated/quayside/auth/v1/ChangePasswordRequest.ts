// Original file: protos/quayside/auth/v1/auth.proto


/**
 * ChangePasswordRequest carries the old and the new password of the caller.
 */
export interface ChangePasswordRequest {
  /**
   * The password until now, in clear; never stored or logged.
   */
  'currentPassword'?: (string);
  /**
   * The password from now on, in clear, 12 to 256 characters; never stored or logged.
   */
  'newPassword'?: (string);
}

/**
 * ChangePasswordRequest carries the old and the new password of the caller.
 */
export interface ChangePasswordRequest__Output {
  /**
   * The password until now, in clear; never stored or logged.
   */
  'currentPassword': (string);
  /**
   * The password from now on, in clear, 12 to 256 characters; never stored or logged.
   */
  'newPassword': (string);
}
