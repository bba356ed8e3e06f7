// Original file: protos/quayside/auth/v1/auth.proto

import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp';

/**
 * ApiKey is what is known of a key besides its secret.
 */
export interface ApiKey {
  /**
   * The key (the claims `sid` and `client_id` of its access tokens).
   */
  'keyId'?: (string);
  /**
   * The caller's own word for it.
   */
  'name'?: (string);
  /**
   * How the key begins, to recognise it.
   */
  'prefix'?: (string);
  /**
   * What its tokens may do, as far as its owner still may.
   */
  'scopes'?: (string)[];
  /**
   * When it was made.
   */
  'createdAt'?: (_google_protobuf_Timestamp | null);
  /**
   * When it stops working.
   */
  'expiresAt'?: (_google_protobuf_Timestamp | null);
  /**
   * When it was last exchanged, to the minute; absent when never.
   */
  'lastUsedAt'?: (_google_protobuf_Timestamp | null);
}

/**
 * ApiKey is what is known of a key besides its secret.
 */
export interface ApiKey__Output {
  /**
   * The key (the claims `sid` and `client_id` of its access tokens).
   */
  'keyId': (string);
  /**
   * The caller's own word for it.
   */
  'name': (string);
  /**
   * How the key begins, to recognise it.
   */
  'prefix': (string);
  /**
   * What its tokens may do, as far as its owner still may.
   */
  'scopes': (string)[];
  /**
   * When it was made.
   */
  'createdAt': (_google_protobuf_Timestamp__Output | null);
  /**
   * When it stops working.
   */
  'expiresAt': (_google_protobuf_Timestamp__Output | null);
  /**
   * When it was last exchanged, to the minute; absent when never.
   */
  'lastUsedAt': (_google_protobuf_Timestamp__Output | null);
}
