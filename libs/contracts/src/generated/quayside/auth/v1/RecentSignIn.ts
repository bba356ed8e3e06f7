// Original file: protos/quayside/auth/v1/auth.proto

/**
 * RecentSignIn is what CheckRecentSignIn may find.
 */
export const RecentSignIn = {
  /**
   * Not set.
   */
  RECENT_SIGN_IN_UNSPECIFIED: 'RECENT_SIGN_IN_UNSPECIFIED',
  /**
   * The session of the token began with a sign-in no longer ago than that.
   */
  RECENT_SIGN_IN_RECENT: 'RECENT_SIGN_IN_RECENT',
  /**
   * It began earlier.
   */
  RECENT_SIGN_IN_TOO_OLD: 'RECENT_SIGN_IN_TOO_OLD',
  /**
   * The session has ended, or the token belongs to none.
   */
  RECENT_SIGN_IN_ENDED: 'RECENT_SIGN_IN_ENDED',
  /**
   * The identity itself has been deleted; only its last tokens have not expired yet.
   */
  RECENT_SIGN_IN_IDENTITY_DELETED: 'RECENT_SIGN_IN_IDENTITY_DELETED',
} as const;

/**
 * RecentSignIn is what CheckRecentSignIn may find.
 */
export type RecentSignIn =
  /**
   * Not set.
   */
  | 'RECENT_SIGN_IN_UNSPECIFIED'
  | 0
  /**
   * The session of the token began with a sign-in no longer ago than that.
   */
  | 'RECENT_SIGN_IN_RECENT'
  | 1
  /**
   * It began earlier.
   */
  | 'RECENT_SIGN_IN_TOO_OLD'
  | 2
  /**
   * The session has ended, or the token belongs to none.
   */
  | 'RECENT_SIGN_IN_ENDED'
  | 3
  /**
   * The identity itself has been deleted; only its last tokens have not expired yet.
   */
  | 'RECENT_SIGN_IN_IDENTITY_DELETED'
  | 4

/**
 * RecentSignIn is what CheckRecentSignIn may find.
 */
export type RecentSignIn__Output = typeof RecentSignIn[keyof typeof RecentSignIn]
