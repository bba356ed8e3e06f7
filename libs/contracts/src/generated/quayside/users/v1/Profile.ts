// Original file: protos/quayside/users/v1/users.proto

import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp';

/**
 * Profile is a user's own view of themselves.
 */
export interface Profile {
  /**
   * The user (UUIDv7).
   */
  'userId'?: (string);
  /**
   * Unique, lower-case name; never changes and is never reused.
   */
  'handle'?: (string);
  /**
   * Name shown to other users.
   */
  'displayName'?: (string);
  /**
   * When the profile was made.
   */
  'createdAt'?: (_google_protobuf_Timestamp | null);
  /**
   * When it was last changed.
   */
  'updatedAt'?: (_google_protobuf_Timestamp | null);
}

/**
 * Profile is a user's own view of themselves.
 */
export interface Profile__Output {
  /**
   * The user (UUIDv7).
   */
  'userId': (string);
  /**
   * Unique, lower-case name; never changes and is never reused.
   */
  'handle': (string);
  /**
   * Name shown to other users.
   */
  'displayName': (string);
  /**
   * When the profile was made.
   */
  'createdAt': (_google_protobuf_Timestamp__Output | null);
  /**
   * When it was last changed.
   */
  'updatedAt': (_google_protobuf_Timestamp__Output | null);
}
