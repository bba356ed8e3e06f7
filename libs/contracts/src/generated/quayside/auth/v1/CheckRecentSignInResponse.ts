// Original file: protos/quayside/auth/v1/auth.proto

import type { RecentSignIn as _quayside_auth_v1_RecentSignIn, RecentSignIn__Output as _quayside_auth_v1_RecentSignIn__Output } from '../../../quayside/auth/v1/RecentSignIn';

/**
 * CheckRecentSignInResponse carries the finding.
 */
export interface CheckRecentSignInResponse {
  /**
   * What was found.
   */
  'result'?: (_quayside_auth_v1_RecentSignIn);
}

/**
 * CheckRecentSignInResponse carries the finding.
 */
export interface CheckRecentSignInResponse__Output {
  /**
   * What was found.
   */
  'result': (_quayside_auth_v1_RecentSignIn__Output);
}
