// Original file: protos/quayside/users/v1/users.proto

import type { Profile as _quayside_users_v1_Profile, Profile__Output as _quayside_users_v1_Profile__Output } from '../../../quayside/users/v1/Profile';

/**
 * GetProfileResponse carries the caller's profile.
 */
export interface GetProfileResponse {
  /**
   * The caller's profile.
   */
  'profile'?: (_quayside_users_v1_Profile | null);
}

/**
 * GetProfileResponse carries the caller's profile.
 */
export interface GetProfileResponse__Output {
  /**
   * The caller's profile.
   */
  'profile': (_quayside_users_v1_Profile__Output | null);
}
