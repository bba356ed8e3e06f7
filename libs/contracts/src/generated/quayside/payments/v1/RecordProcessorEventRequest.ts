// Original file: protos/quayside/payments/v1/payments.proto

import type { Money as _quayside_payments_v1_Money, Money__Output as _quayside_payments_v1_Money__Output } from '../../../quayside/payments/v1/Money';
import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp';

/**
 * RecordProcessorEventRequest is an event of the card processor, whose signature has been verified.
 */
export interface RecordProcessorEventRequest {
  /**
   * The processor's id of the event: told again, it is the same.
   */
  'eventId'?: (string);
  /**
   * charge.pending, charge.succeeded, charge.declined or refund.succeeded; any other is stored and changes nothing.
   */
  'type'?: (string);
  /**
   * The processor's id of the charge.
   */
  'chargeId'?: (string);
  /**
   * The key under which the charge was asked for.
   */
  'chargeKey'?: (string);
  /**
   * The processor's id of the refund; empty for what is none.
   */
  'refundId'?: (string);
  /**
   * How much.
   */
  'amount'?: (_quayside_payments_v1_Money | null);
  /**
   * When it happened, as the processor says.
   */
  'occurredAt'?: (_google_protobuf_Timestamp | null);
}

/**
 * RecordProcessorEventRequest is an event of the card processor, whose signature has been verified.
 */
export interface RecordProcessorEventRequest__Output {
  /**
   * The processor's id of the event: told again, it is the same.
   */
  'eventId': (string);
  /**
   * charge.pending, charge.succeeded, charge.declined or refund.succeeded; any other is stored and changes nothing.
   */
  'type': (string);
  /**
   * The processor's id of the charge.
   */
  'chargeId': (string);
  /**
   * The key under which the charge was asked for.
   */
  'chargeKey': (string);
  /**
   * The processor's id of the refund; empty for what is none.
   */
  'refundId': (string);
  /**
   * How much.
   */
  'amount': (_quayside_payments_v1_Money__Output | null);
  /**
   * When it happened, as the processor says.
   */
  'occurredAt': (_google_protobuf_Timestamp__Output | null);
}
