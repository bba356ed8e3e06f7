// Original file: protos/quayside/auth/v1/auth.proto

import type { Tokens as _quayside_auth_v1_Tokens, Tokens__Output as _quayside_auth_v1_Tokens__Output } from '../../../quayside/auth/v1/Tokens';

/**
 * LoginResponse carries the new session's tokens.
 */
export interface LoginResponse {
  /**
   * The identity that signed in.
   */
  'userId'?: (string);
  /**
   * Tokens of the new session.
   */
  'tokens'?: (_quayside_auth_v1_Tokens | null);
}

/**
 * LoginResponse carries the new session's tokens.
 */
export interface LoginResponse__Output {
  /**
   * The identity that signed in.
   */
  'userId': (string);
  /**
   * Tokens of the new session.
   */
  'tokens': (_quayside_auth_v1_Tokens__Output | null);
}
