// Original file: protos/quayside/users/v1/users.proto

import type { Profile as _quayside_users_v1_Profile, Profile__Output as _quayside_users_v1_Profile__Output } from '../../../quayside/users/v1/Profile';

/**
 * UpdateProfileResponse carries the profile after the change.
 */
export interface UpdateProfileResponse {
  /**
   * The caller's profile.
   */
  'profile'?: (_quayside_users_v1_Profile | null);
}

/**
 * UpdateProfileResponse carries the profile after the change.
 */
export interface UpdateProfileResponse__Output {
  /**
   * The caller's profile.
   */
  'profile': (_quayside_users_v1_Profile__Output | null);
}
