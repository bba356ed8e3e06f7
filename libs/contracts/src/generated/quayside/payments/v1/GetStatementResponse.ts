// Original file: protos/quayside/payments/v1/payments.proto

import type { Entry as _quayside_payments_v1_Entry, Entry__Output as _quayside_payments_v1_Entry__Output } from '../../../quayside/payments/v1/Entry';

/**
 * GetStatementResponse is one page, newest entries first.
 */
export interface GetStatementResponse {
  /**
   * The entries of this page.
   */
  'entries'?: (_quayside_payments_v1_Entry)[];
  /**
   * Cursor of the next page; empty on the last.
   */
  'nextCursor'?: (string);
}

/**
 * GetStatementResponse is one page, newest entries first.
 */
export interface GetStatementResponse__Output {
  /**
   * The entries of this page.
   */
  'entries': (_quayside_payments_v1_Entry__Output)[];
  /**
   * Cursor of the next page; empty on the last.
   */
  'nextCursor': (string);
}
