// Original file: protos/quayside/payments/v1/payments.proto


/**
 * ResumeTopUpResponse says that the service is at it again.
 */
export interface ResumeTopUpResponse {
}

/**
 * ResumeTopUpResponse says that the service is at it again.
 */
export interface ResumeTopUpResponse__Output {
}
