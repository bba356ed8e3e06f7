// Original file: protos/quayside/payments/v1/payments.proto


/**
 * ListAccountsRequest is empty: the accounts are the caller's.
 */
export interface ListAccountsRequest {
}

/**
 * ListAccountsRequest is empty: the accounts are the caller's.
 */
export interface ListAccountsRequest__Output {
}
