// Original file: protos/quayside/payments/v1/payments.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { CreatePaymentRequest as _quayside_payments_v1_CreatePaymentRequest, CreatePaymentRequest__Output as _quayside_payments_v1_CreatePaymentRequest__Output } from '../../../quayside/payments/v1/CreatePaymentRequest';
import type { CreatePaymentResponse as _quayside_payments_v1_CreatePaymentResponse, CreatePaymentResponse__Output as _quayside_payments_v1_CreatePaymentResponse__Output } from '../../../quayside/payments/v1/CreatePaymentResponse';
import type { CreateTopUpRequest as _quayside_payments_v1_CreateTopUpRequest, CreateTopUpRequest__Output as _quayside_payments_v1_CreateTopUpRequest__Output } from '../../../quayside/payments/v1/CreateTopUpRequest';
import type { CreateTopUpResponse as _quayside_payments_v1_CreateTopUpResponse, CreateTopUpResponse__Output as _quayside_payments_v1_CreateTopUpResponse__Output } from '../../../quayside/payments/v1/CreateTopUpResponse';
import type { GetPaymentRequest as _quayside_payments_v1_GetPaymentRequest, GetPaymentRequest__Output as _quayside_payments_v1_GetPaymentRequest__Output } from '../../../quayside/payments/v1/GetPaymentRequest';
import type { GetPaymentResponse as _quayside_payments_v1_GetPaymentResponse, GetPaymentResponse__Output as _quayside_payments_v1_GetPaymentResponse__Output } from '../../../quayside/payments/v1/GetPaymentResponse';
import type { GetStatementRequest as _quayside_payments_v1_GetStatementRequest, GetStatementRequest__Output as _quayside_payments_v1_GetStatementRequest__Output } from '../../../quayside/payments/v1/GetStatementRequest';
import type { GetStatementResponse as _quayside_payments_v1_GetStatementResponse, GetStatementResponse__Output as _quayside_payments_v1_GetStatementResponse__Output } from '../../../quayside/payments/v1/GetStatementResponse';
import type { GetTopUpRequest as _quayside_payments_v1_GetTopUpRequest, GetTopUpRequest__Output as _quayside_payments_v1_GetTopUpRequest__Output } from '../../../quayside/payments/v1/GetTopUpRequest';
import type { GetTopUpResponse as _quayside_payments_v1_GetTopUpResponse, GetTopUpResponse__Output as _quayside_payments_v1_GetTopUpResponse__Output } from '../../../quayside/payments/v1/GetTopUpResponse';
import type { ListAccountsRequest as _quayside_payments_v1_ListAccountsRequest, ListAccountsRequest__Output as _quayside_payments_v1_ListAccountsRequest__Output } from '../../../quayside/payments/v1/ListAccountsRequest';
import type { ListAccountsResponse as _quayside_payments_v1_ListAccountsResponse, ListAccountsResponse__Output as _quayside_payments_v1_ListAccountsResponse__Output } from '../../../quayside/payments/v1/ListAccountsResponse';
import type { RefundPaymentRequest as _quayside_payments_v1_RefundPaymentRequest, RefundPaymentRequest__Output as _quayside_payments_v1_RefundPaymentRequest__Output } from '../../../quayside/payments/v1/RefundPaymentRequest';
import type { RefundPaymentResponse as _quayside_payments_v1_RefundPaymentResponse, RefundPaymentResponse__Output as _quayside_payments_v1_RefundPaymentResponse__Output } from '../../../quayside/payments/v1/RefundPaymentResponse';

/**
 * PaymentsService owns the ledger. Calls that move money carry an idempotency key:
 * the same caller, operation and key give the first answer again, decided refusals included.
 */
export interface PaymentsServiceClient extends grpc.Client {
  /**
   * CreatePayment moves money from the caller to another user.
   * FAILED_PRECONDITION when the money does not suffice, NOT_FOUND for an unknown payee.
   */
  CreatePayment(argument: _quayside_payments_v1_CreatePaymentRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_payments_v1_CreatePaymentResponse__Output>): grpc.ClientUnaryCall;
  CreatePayment(argument: _quayside_payments_v1_CreatePaymentRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_payments_v1_CreatePaymentResponse__Output>): grpc.ClientUnaryCall;
  CreatePayment(argument: _quayside_payments_v1_CreatePaymentRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_payments_v1_CreatePaymentResponse__Output>): grpc.ClientUnaryCall;
  CreatePayment(argument: _quayside_payments_v1_CreatePaymentRequest, callback: grpc.requestCallback<_quayside_payments_v1_CreatePaymentResponse__Output>): grpc.ClientUnaryCall;
  /**
   * CreatePayment moves money from the caller to another user.
   * FAILED_PRECONDITION when the money does not suffice, NOT_FOUND for an unknown payee.
   */
  createPayment(argument: _quayside_payments_v1_CreatePaymentRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_payments_v1_CreatePaymentResponse__Output>): grpc.ClientUnaryCall;
  createPayment(argument: _quayside_payments_v1_CreatePaymentRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_payments_v1_CreatePaymentResponse__Output>): grpc.ClientUnaryCall;
  createPayment(argument: _quayside_payments_v1_CreatePaymentRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_payments_v1_CreatePaymentResponse__Output>): grpc.ClientUnaryCall;
  createPayment(argument: _quayside_payments_v1_CreatePaymentRequest, callback: grpc.requestCallback<_quayside_payments_v1_CreatePaymentResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * CreateTopUp credits the caller's account.
   */
  CreateTopUp(argument: _quayside_payments_v1_CreateTopUpRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_payments_v1_CreateTopUpResponse__Output>): grpc.ClientUnaryCall;
  CreateTopUp(argument: _quayside_payments_v1_CreateTopUpRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_payments_v1_CreateTopUpResponse__Output>): grpc.ClientUnaryCall;
  CreateTopUp(argument: _quayside_payments_v1_CreateTopUpRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_payments_v1_CreateTopUpResponse__Output>): grpc.ClientUnaryCall;
  CreateTopUp(argument: _quayside_payments_v1_CreateTopUpRequest, callback: grpc.requestCallback<_quayside_payments_v1_CreateTopUpResponse__Output>): grpc.ClientUnaryCall;
  /**
   * CreateTopUp credits the caller's account.
   */
  createTopUp(argument: _quayside_payments_v1_CreateTopUpRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_payments_v1_CreateTopUpResponse__Output>): grpc.ClientUnaryCall;
  createTopUp(argument: _quayside_payments_v1_CreateTopUpRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_payments_v1_CreateTopUpResponse__Output>): grpc.ClientUnaryCall;
  createTopUp(argument: _quayside_payments_v1_CreateTopUpRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_payments_v1_CreateTopUpResponse__Output>): grpc.ClientUnaryCall;
  createTopUp(argument: _quayside_payments_v1_CreateTopUpRequest, callback: grpc.requestCallback<_quayside_payments_v1_CreateTopUpResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * GetPayment returns a payment that the caller made or received.
   */
  GetPayment(argument: _quayside_payments_v1_GetPaymentRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_payments_v1_GetPaymentResponse__Output>): grpc.ClientUnaryCall;
  GetPayment(argument: _quayside_payments_v1_GetPaymentRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_payments_v1_GetPaymentResponse__Output>): grpc.ClientUnaryCall;
  GetPayment(argument: _quayside_payments_v1_GetPaymentRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_payments_v1_GetPaymentResponse__Output>): grpc.ClientUnaryCall;
  GetPayment(argument: _quayside_payments_v1_GetPaymentRequest, callback: grpc.requestCallback<_quayside_payments_v1_GetPaymentResponse__Output>): grpc.ClientUnaryCall;
  /**
   * GetPayment returns a payment that the caller made or received.
   */
  getPayment(argument: _quayside_payments_v1_GetPaymentRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_payments_v1_GetPaymentResponse__Output>): grpc.ClientUnaryCall;
  getPayment(argument: _quayside_payments_v1_GetPaymentRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_payments_v1_GetPaymentResponse__Output>): grpc.ClientUnaryCall;
  getPayment(argument: _quayside_payments_v1_GetPaymentRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_payments_v1_GetPaymentResponse__Output>): grpc.ClientUnaryCall;
  getPayment(argument: _quayside_payments_v1_GetPaymentRequest, callback: grpc.requestCallback<_quayside_payments_v1_GetPaymentResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * GetStatement returns the newest entries of one of the caller's accounts, page by page.
   */
  GetStatement(argument: _quayside_payments_v1_GetStatementRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_payments_v1_GetStatementResponse__Output>): grpc.ClientUnaryCall;
  GetStatement(argument: _quayside_payments_v1_GetStatementRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_payments_v1_GetStatementResponse__Output>): grpc.ClientUnaryCall;
  GetStatement(argument: _quayside_payments_v1_GetStatementRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_payments_v1_GetStatementResponse__Output>): grpc.ClientUnaryCall;
  GetStatement(argument: _quayside_payments_v1_GetStatementRequest, callback: grpc.requestCallback<_quayside_payments_v1_GetStatementResponse__Output>): grpc.ClientUnaryCall;
  /**
   * GetStatement returns the newest entries of one of the caller's accounts, page by page.
   */
  getStatement(argument: _quayside_payments_v1_GetStatementRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_payments_v1_GetStatementResponse__Output>): grpc.ClientUnaryCall;
  getStatement(argument: _quayside_payments_v1_GetStatementRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_payments_v1_GetStatementResponse__Output>): grpc.ClientUnaryCall;
  getStatement(argument: _quayside_payments_v1_GetStatementRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_payments_v1_GetStatementResponse__Output>): grpc.ClientUnaryCall;
  getStatement(argument: _quayside_payments_v1_GetStatementRequest, callback: grpc.requestCallback<_quayside_payments_v1_GetStatementResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * GetTopUp returns one of the caller's top-ups.
   */
  GetTopUp(argument: _quayside_payments_v1_GetTopUpRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_payments_v1_GetTopUpResponse__Output>): grpc.ClientUnaryCall;
  GetTopUp(argument: _quayside_payments_v1_GetTopUpRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_payments_v1_GetTopUpResponse__Output>): grpc.ClientUnaryCall;
  GetTopUp(argument: _quayside_payments_v1_GetTopUpRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_payments_v1_GetTopUpResponse__Output>): grpc.ClientUnaryCall;
  GetTopUp(argument: _quayside_payments_v1_GetTopUpRequest, callback: grpc.requestCallback<_quayside_payments_v1_GetTopUpResponse__Output>): grpc.ClientUnaryCall;
  /**
   * GetTopUp returns one of the caller's top-ups.
   */
  getTopUp(argument: _quayside_payments_v1_GetTopUpRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_payments_v1_GetTopUpResponse__Output>): grpc.ClientUnaryCall;
  getTopUp(argument: _quayside_payments_v1_GetTopUpRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_payments_v1_GetTopUpResponse__Output>): grpc.ClientUnaryCall;
  getTopUp(argument: _quayside_payments_v1_GetTopUpRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_payments_v1_GetTopUpResponse__Output>): grpc.ClientUnaryCall;
  getTopUp(argument: _quayside_payments_v1_GetTopUpRequest, callback: grpc.requestCallback<_quayside_payments_v1_GetTopUpResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * ListAccounts returns the caller's accounts; none until the account has been opened.
   */
  ListAccounts(argument: _quayside_payments_v1_ListAccountsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_payments_v1_ListAccountsResponse__Output>): grpc.ClientUnaryCall;
  ListAccounts(argument: _quayside_payments_v1_ListAccountsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_payments_v1_ListAccountsResponse__Output>): grpc.ClientUnaryCall;
  ListAccounts(argument: _quayside_payments_v1_ListAccountsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_payments_v1_ListAccountsResponse__Output>): grpc.ClientUnaryCall;
  ListAccounts(argument: _quayside_payments_v1_ListAccountsRequest, callback: grpc.requestCallback<_quayside_payments_v1_ListAccountsResponse__Output>): grpc.ClientUnaryCall;
  /**
   * ListAccounts returns the caller's accounts; none until the account has been opened.
   */
  listAccounts(argument: _quayside_payments_v1_ListAccountsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_payments_v1_ListAccountsResponse__Output>): grpc.ClientUnaryCall;
  listAccounts(argument: _quayside_payments_v1_ListAccountsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_payments_v1_ListAccountsResponse__Output>): grpc.ClientUnaryCall;
  listAccounts(argument: _quayside_payments_v1_ListAccountsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_payments_v1_ListAccountsResponse__Output>): grpc.ClientUnaryCall;
  listAccounts(argument: _quayside_payments_v1_ListAccountsRequest, callback: grpc.requestCallback<_quayside_payments_v1_ListAccountsResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * RefundPayment gives back all or part of a payment that the caller received.
   */
  RefundPayment(argument: _quayside_payments_v1_RefundPaymentRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_payments_v1_RefundPaymentResponse__Output>): grpc.ClientUnaryCall;
  RefundPayment(argument: _quayside_payments_v1_RefundPaymentRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_payments_v1_RefundPaymentResponse__Output>): grpc.ClientUnaryCall;
  RefundPayment(argument: _quayside_payments_v1_RefundPaymentRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_payments_v1_RefundPaymentResponse__Output>): grpc.ClientUnaryCall;
  RefundPayment(argument: _quayside_payments_v1_RefundPaymentRequest, callback: grpc.requestCallback<_quayside_payments_v1_RefundPaymentResponse__Output>): grpc.ClientUnaryCall;
  /**
   * RefundPayment gives back all or part of a payment that the caller received.
   */
  refundPayment(argument: _quayside_payments_v1_RefundPaymentRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_payments_v1_RefundPaymentResponse__Output>): grpc.ClientUnaryCall;
  refundPayment(argument: _quayside_payments_v1_RefundPaymentRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_payments_v1_RefundPaymentResponse__Output>): grpc.ClientUnaryCall;
  refundPayment(argument: _quayside_payments_v1_RefundPaymentRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_payments_v1_RefundPaymentResponse__Output>): grpc.ClientUnaryCall;
  refundPayment(argument: _quayside_payments_v1_RefundPaymentRequest, callback: grpc.requestCallback<_quayside_payments_v1_RefundPaymentResponse__Output>): grpc.ClientUnaryCall;
  
}

/**
 * PaymentsService owns the ledger. Calls that move money carry an idempotency key:
 * the same caller, operation and key give the first answer again, decided refusals included.
 */
export interface PaymentsServiceHandlers extends grpc.UntypedServiceImplementation {
  /**
   * CreatePayment moves money from the caller to another user.
   * FAILED_PRECONDITION when the money does not suffice, NOT_FOUND for an unknown payee.
   */
  CreatePayment: grpc.handleUnaryCall<_quayside_payments_v1_CreatePaymentRequest__Output, _quayside_payments_v1_CreatePaymentResponse>;
  
  /**
   * CreateTopUp credits the caller's account.
   */
  CreateTopUp: grpc.handleUnaryCall<_quayside_payments_v1_CreateTopUpRequest__Output, _quayside_payments_v1_CreateTopUpResponse>;
  
  /**
   * GetPayment returns a payment that the caller made or received.
   */
  GetPayment: grpc.handleUnaryCall<_quayside_payments_v1_GetPaymentRequest__Output, _quayside_payments_v1_GetPaymentResponse>;
  
  /**
   * GetStatement returns the newest entries of one of the caller's accounts, page by page.
   */
  GetStatement: grpc.handleUnaryCall<_quayside_payments_v1_GetStatementRequest__Output, _quayside_payments_v1_GetStatementResponse>;
  
  /**
   * GetTopUp returns one of the caller's top-ups.
   */
  GetTopUp: grpc.handleUnaryCall<_quayside_payments_v1_GetTopUpRequest__Output, _quayside_payments_v1_GetTopUpResponse>;
  
  /**
   * ListAccounts returns the caller's accounts; none until the account has been opened.
   */
  ListAccounts: grpc.handleUnaryCall<_quayside_payments_v1_ListAccountsRequest__Output, _quayside_payments_v1_ListAccountsResponse>;
  
  /**
   * RefundPayment gives back all or part of a payment that the caller received.
   */
  RefundPayment: grpc.handleUnaryCall<_quayside_payments_v1_RefundPaymentRequest__Output, _quayside_payments_v1_RefundPaymentResponse>;
  
}

export interface PaymentsServiceDefinition extends grpc.ServiceDefinition {
  CreatePayment: MethodDefinition<_quayside_payments_v1_CreatePaymentRequest, _quayside_payments_v1_CreatePaymentResponse, _quayside_payments_v1_CreatePaymentRequest__Output, _quayside_payments_v1_CreatePaymentResponse__Output>
  CreateTopUp: MethodDefinition<_quayside_payments_v1_CreateTopUpRequest, _quayside_payments_v1_CreateTopUpResponse, _quayside_payments_v1_CreateTopUpRequest__Output, _quayside_payments_v1_CreateTopUpResponse__Output>
  GetPayment: MethodDefinition<_quayside_payments_v1_GetPaymentRequest, _quayside_payments_v1_GetPaymentResponse, _quayside_payments_v1_GetPaymentRequest__Output, _quayside_payments_v1_GetPaymentResponse__Output>
  GetStatement: MethodDefinition<_quayside_payments_v1_GetStatementRequest, _quayside_payments_v1_GetStatementResponse, _quayside_payments_v1_GetStatementRequest__Output, _quayside_payments_v1_GetStatementResponse__Output>
  GetTopUp: MethodDefinition<_quayside_payments_v1_GetTopUpRequest, _quayside_payments_v1_GetTopUpResponse, _quayside_payments_v1_GetTopUpRequest__Output, _quayside_payments_v1_GetTopUpResponse__Output>
  ListAccounts: MethodDefinition<_quayside_payments_v1_ListAccountsRequest, _quayside_payments_v1_ListAccountsResponse, _quayside_payments_v1_ListAccountsRequest__Output, _quayside_payments_v1_ListAccountsResponse__Output>
  RefundPayment: MethodDefinition<_quayside_payments_v1_RefundPaymentRequest, _quayside_payments_v1_RefundPaymentResponse, _quayside_payments_v1_RefundPaymentRequest__Output, _quayside_payments_v1_RefundPaymentResponse__Output>
}
