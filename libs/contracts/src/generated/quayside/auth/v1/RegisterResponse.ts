// Original file: protos/quayside/auth/v1/auth.proto

import type { Tokens as _quayside_auth_v1_Tokens, Tokens__Output as _quayside_auth_v1_Tokens__Output } from '../../../quayside/auth/v1/Tokens';

/**
 * RegisterResponse carries the first session's tokens.
 */
export interface RegisterResponse {
  /**
   * Tokens of the new session.
   */
  'tokens'?: (_quayside_auth_v1_Tokens | null);
}

/**
 * RegisterResponse carries the first session's tokens.
 */
export interface RegisterResponse__Output {
  /**
   * Tokens of the new session.
   */
  'tokens': (_quayside_auth_v1_Tokens__Output | null);
}
