// Original file: protos/quayside/payments/v1/payments.proto

import type { Money as _quayside_payments_v1_Money, Money__Output as _quayside_payments_v1_Money__Output } from '../../../quayside/payments/v1/Money';
import type { AccountStatus as _quayside_payments_v1_AccountStatus, AccountStatus__Output as _quayside_payments_v1_AccountStatus__Output } from '../../../quayside/payments/v1/AccountStatus';

/**
 * Account is a customer's account in one currency.
 */
export interface Account {
  /**
   * The account (UUIDv7).
   */
  'accountId'?: (string);
  /**
   * Posted balance and its currency.
   */
  'balance'?: (_quayside_payments_v1_Money | null);
  /**
   * What may be spent now: the balance less holds.
   */
  'available'?: (_quayside_payments_v1_Money | null);
  /**
   * Whether the account may be used.
   */
  'status'?: (_quayside_payments_v1_AccountStatus);
  /**
   * What is set aside for payments that are authorized and not yet captured.
   */
  'held'?: (_quayside_payments_v1_Money | null);
}

/**
 * Account is a customer's account in one currency.
 */
export interface Account__Output {
  /**
   * The account (UUIDv7).
   */
  'accountId': (string);
  /**
   * Posted balance and its currency.
   */
  'balance': (_quayside_payments_v1_Money__Output | null);
  /**
   * What may be spent now: the balance less holds.
   */
  'available': (_quayside_payments_v1_Money__Output | null);
  /**
   * Whether the account may be used.
   */
  'status': (_quayside_payments_v1_AccountStatus__Output);
  /**
   * What is set aside for payments that are authorized and not yet captured.
   */
  'held': (_quayside_payments_v1_Money__Output | null);
}
