// Original file: protos/quayside/users/v1/users.proto

import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp';

/**
 * ReserveHandleResponse says how long the reservation holds.
 */
export interface ReserveHandleResponse {
  /**
   * The reservation lapses at this time unless the identity is registered.
   */
  'expiresAt'?: (_google_protobuf_Timestamp | null);
  /**
   * Whether the display name is kept here, so that the registration need not announce it.
   */
  'displayNameKept'?: (boolean);
}

/**
 * ReserveHandleResponse says how long the reservation holds.
 */
export interface ReserveHandleResponse__Output {
  /**
   * The reservation lapses at this time unless the identity is registered.
   */
  'expiresAt': (_google_protobuf_Timestamp__Output | null);
  /**
   * Whether the display name is kept here, so that the registration need not announce it.
   */
  'displayNameKept': (boolean);
}
