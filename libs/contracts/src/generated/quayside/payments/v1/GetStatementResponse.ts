// Original file: protos/quayside/payments/v1/payments.proto

import type { Entry as _quayside_payments_v1_Entry, Entry__Output as _quayside_payments_v1_Entry__Output } from '../../../quayside/payments/v1/Entry';
import type { Money as _quayside_payments_v1_Money, Money__Output as _quayside_payments_v1_Money__Output } from '../../../quayside/payments/v1/Money';

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
  /**
   * Balance at the beginning of the period; absent when no period was asked for.
   */
  'openingBalance'?: (_quayside_payments_v1_Money | null);
  /**
   * Balance at its end, or now when that is still to come; absent when no period was asked for.
   */
  'closingBalance'?: (_quayside_payments_v1_Money | null);
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
  /**
   * Balance at the beginning of the period; absent when no period was asked for.
   */
  'openingBalance': (_quayside_payments_v1_Money__Output | null);
  /**
   * Balance at its end, or now when that is still to come; absent when no period was asked for.
   */
  'closingBalance': (_quayside_payments_v1_Money__Output | null);
}
