// Original file: protos/quayside/auth/v1/auth.proto


/**
 * EnrolSecondFactorResponse carries the secret, this once.
 */
export interface EnrolSecondFactorResponse {
  /**
   * The secret in base32, to be typed into an authenticator.
   */
  'secret'?: (string);
  /**
   * The same as an `otpauth:` address, to be shown as a QR code.
   */
  'uri'?: (string);
}

/**
 * EnrolSecondFactorResponse carries the secret, this once.
 */
export interface EnrolSecondFactorResponse__Output {
  /**
   * The secret in base32, to be typed into an authenticator.
   */
  'secret': (string);
  /**
   * The same as an `otpauth:` address, to be shown as a QR code.
   */
  'uri': (string);
}
