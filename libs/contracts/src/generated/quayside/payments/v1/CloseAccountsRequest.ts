// Original file: protos/quayside/payments/v1/payments.proto


/**
 * CloseAccountsRequest is empty: the accounts are the caller's.
 */
export interface CloseAccountsRequest {
}

/**
 * CloseAccountsRequest is empty: the accounts are the caller's.
 */
export interface CloseAccountsRequest__Output {
}
