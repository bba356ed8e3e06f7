// Original file: protos/quayside/payments/v1/money.proto

import type { Long } from '@grpc/proto-loader';

/**
 * Money is an amount in the smallest unit of a currency; never a float.
 */
export interface Money {
  /**
   * Minor units: 1250 in EUR is 12.50 euro.
   */
  'amount'?: (number | string | Long);
  /**
   * ISO 4217 code.
   */
  'currency'?: (string);
}

/**
 * Money is an amount in the smallest unit of a currency; never a float.
 */
export interface Money__Output {
  /**
   * Minor units: 1250 in EUR is 12.50 euro.
   */
  'amount': (string);
  /**
   * ISO 4217 code.
   */
  'currency': (string);
}
