// Original file: protos/quayside/auth/v1/auth.proto

import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp';

/**
 * FindIdentityResponse carries the identity.
 */
export interface FindIdentityResponse {
  /**
   * The user (UUIDv7).
   */
  'userId'?: (string);
  /**
   * E-mail address, as the person wrote it.
   */
  'email'?: (string);
  /**
   * customer, support or admin.
   */
  'role'?: (string);
  /**
   * When it was registered.
   */
  'createdAt'?: (_google_protobuf_Timestamp | null);
}

/**
 * FindIdentityResponse carries the identity.
 */
export interface FindIdentityResponse__Output {
  /**
   * The user (UUIDv7).
   */
  'userId': (string);
  /**
   * E-mail address, as the person wrote it.
   */
  'email': (string);
  /**
   * customer, support or admin.
   */
  'role': (string);
  /**
   * When it was registered.
   */
  'createdAt': (_google_protobuf_Timestamp__Output | null);
}
