// Original file: protos/quayside/payments/v1/payments.proto


/**
 * RecordProcessorEventResponse says that the event is stored.
 */
export interface RecordProcessorEventResponse {
  /**
   * It had been stored before.
   */
  'duplicate'?: (boolean);
}

/**
 * RecordProcessorEventResponse says that the event is stored.
 */
export interface RecordProcessorEventResponse__Output {
  /**
   * It had been stored before.
   */
  'duplicate': (boolean);
}
