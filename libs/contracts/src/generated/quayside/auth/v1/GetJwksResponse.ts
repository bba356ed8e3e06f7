// Original file: protos/quayside/auth/v1/auth.proto


/**
 * GetJwksResponse carries a JSON Web Key Set.
 */
export interface GetJwksResponse {
  /**
   * The set as JSON text, exactly as it is served on /.well-known/jwks.json.
   */
  'jwksJson'?: (string);
}

/**
 * GetJwksResponse carries a JSON Web Key Set.
 */
export interface GetJwksResponse__Output {
  /**
   * The set as JSON text, exactly as it is served on /.well-known/jwks.json.
   */
  'jwksJson': (string);
}
