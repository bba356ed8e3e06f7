// Original file: protos/quayside/auth/v1/auth.proto

import type { Tokens as _quayside_auth_v1_Tokens, Tokens__Output as _quayside_auth_v1_Tokens__Output } from '../../../quayside/auth/v1/Tokens';

/**
 * RefreshResponse carries the session's next tokens.
 */
export interface RefreshResponse {
  /**
   * The identity that the session belongs to.
   */
  'userId'?: (string);
  /**
   * The session's next tokens.
   */
  'tokens'?: (_quayside_auth_v1_Tokens | null);
}

/**
 * RefreshResponse carries the session's next tokens.
 */
export interface RefreshResponse__Output {
  /**
   * The identity that the session belongs to.
   */
  'userId': (string);
  /**
   * The session's next tokens.
   */
  'tokens': (_quayside_auth_v1_Tokens__Output | null);
}
