// Original file: protos/quayside/users/v1/users.proto

import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp';

/**
 * FindUserResponse carries what is known.
 */
export interface FindUserResponse {
  /**
   * The user (UUIDv7).
   */
  'userId'?: (string);
  /**
   * Their handle; empty for somebody erased before they had one.
   */
  'handle'?: (string);
  /**
   * Name shown to other users; empty when erased.
   */
  'displayName'?: (string);
  /**
   * When the profile was made; absent when erased.
   */
  'createdAt'?: (_google_protobuf_Timestamp | null);
  /**
   * When the user was erased; absent for everybody else.
   */
  'erasedAt'?: (_google_protobuf_Timestamp | null);
}

/**
 * FindUserResponse carries what is known.
 */
export interface FindUserResponse__Output {
  /**
   * The user (UUIDv7).
   */
  'userId': (string);
  /**
   * Their handle; empty for somebody erased before they had one.
   */
  'handle': (string);
  /**
   * Name shown to other users; empty when erased.
   */
  'displayName': (string);
  /**
   * When the profile was made; absent when erased.
   */
  'createdAt': (_google_protobuf_Timestamp__Output | null);
  /**
   * When the user was erased; absent for everybody else.
   */
  'erasedAt': (_google_protobuf_Timestamp__Output | null);
}
