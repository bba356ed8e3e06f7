// Original file: protos/quayside/payments/v1/payments.proto


/**
 * ListTopUpsNeedingAttentionRequest asks for what needs a person.
 */
export interface ListTopUpsNeedingAttentionRequest {
  /**
   * Most to return, 1 to 100; 0 means 20.
   */
  'limit'?: (number);
}

/**
 * ListTopUpsNeedingAttentionRequest asks for what needs a person.
 */
export interface ListTopUpsNeedingAttentionRequest__Output {
  /**
   * Most to return, 1 to 100; 0 means 20.
   */
  'limit': (number);
}
