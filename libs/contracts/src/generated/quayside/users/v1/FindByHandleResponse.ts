// Original file: protos/quayside/users/v1/users.proto

import type { PublicProfile as _quayside_users_v1_PublicProfile, PublicProfile__Output as _quayside_users_v1_PublicProfile__Output } from '../../../quayside/users/v1/PublicProfile';

/**
 * FindByHandleResponse carries the user found.
 */
export interface FindByHandleResponse {
  /**
   * What others may see of the user.
   */
  'user'?: (_quayside_users_v1_PublicProfile | null);
}

/**
 * FindByHandleResponse carries the user found.
 */
export interface FindByHandleResponse__Output {
  /**
   * What others may see of the user.
   */
  'user': (_quayside_users_v1_PublicProfile__Output | null);
}
