// Original file: protos/quayside/payments/v1/payments.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { CapturePaymentRequest as _quayside_payments_v1_CapturePaymentRequest, CapturePaymentRequest__Output as _quayside_payments_v1_CapturePaymentRequest__Output } from '../../../quayside/payments/v1/CapturePaymentRequest';
import type { CapturePaymentResponse as _quayside_payments_v1_CapturePaymentResponse, CapturePaymentResponse__Output as _quayside_payments_v1_CapturePaymentResponse__Output } from '../../../quayside/payments/v1/CapturePaymentResponse';
import type { CloseAccountsRequest as _quayside_payments_v1_CloseAccountsRequest, CloseAccountsRequest__Output as _quayside_payments_v1_CloseAccountsRequest__Output } from '../../../quayside/payments/v1/CloseAccountsRequest';
import type { CloseAccountsResponse as _quayside_payments_v1_CloseAccountsResponse, CloseAccountsResponse__Output as _quayside_payments_v1_CloseAccountsResponse__Output } from '../../../quayside/payments/v1/CloseAccountsResponse';
import type { CreatePaymentRequest as _quayside_payments_v1_CreatePaymentRequest, CreatePaymentRequest__Output as _quayside_payments_v1_CreatePaymentRequest__Output } from '../../../quayside/payments/v1/CreatePaymentRequest';
import type { CreatePaymentResponse as _quayside_payments_v1_CreatePaymentResponse, CreatePaymentResponse__Output as _quayside_payments_v1_CreatePaymentResponse__Output } from '../../../quayside/payments/v1/CreatePaymentResponse';
import type { CreateTopUpRequest as _quayside_payments_v1_CreateTopUpRequest, CreateTopUpRequest__Output as _quayside_payments_v1_CreateTopUpRequest__Output } from '../../../quayside/payments/v1/CreateTopUpRequest';
import type { CreateTopUpResponse as _quayside_payments_v1_CreateTopUpResponse, CreateTopUpResponse__Output as _quayside_payments_v1_CreateTopUpResponse__Output } from '../../../quayside/payments/v1/CreateTopUpResponse';
import type { FreezeAccountRequest as _quayside_payments_v1_FreezeAccountRequest, FreezeAccountRequest__Output as _quayside_payments_v1_FreezeAccountRequest__Output } from '../../../quayside/payments/v1/FreezeAccountRequest';
import type { FreezeAccountResponse as _quayside_payments_v1_FreezeAccountResponse, FreezeAccountResponse__Output as _quayside_payments_v1_FreezeAccountResponse__Output } from '../../../quayside/payments/v1/FreezeAccountResponse';
import type { GetPaymentRequest as _quayside_payments_v1_GetPaymentRequest, GetPaymentRequest__Output as _quayside_payments_v1_GetPaymentRequest__Output } from '../../../quayside/payments/v1/GetPaymentRequest';
import type { GetPaymentResponse as _quayside_payments_v1_GetPaymentResponse, GetPaymentResponse__Output as _quayside_payments_v1_GetPaymentResponse__Output } from '../../../quayside/payments/v1/GetPaymentResponse';
import type { GetStatementRequest as _quayside_payments_v1_GetStatementRequest, GetStatementRequest__Output as _quayside_payments_v1_GetStatementRequest__Output } from '../../../quayside/payments/v1/GetStatementRequest';
import type { GetStatementResponse as _quayside_payments_v1_GetStatementResponse, GetStatementResponse__Output as _quayside_payments_v1_GetStatementResponse__Output } from '../../../quayside/payments/v1/GetStatementResponse';
import type { GetTopUpRequest as _quayside_payments_v1_GetTopUpRequest, GetTopUpRequest__Output as _quayside_payments_v1_GetTopUpRequest__Output } from '../../../quayside/payments/v1/GetTopUpRequest';
import type { GetTopUpResponse as _quayside_payments_v1_GetTopUpResponse, GetTopUpResponse__Output as _quayside_payments_v1_GetTopUpResponse__Output } from '../../../quayside/payments/v1/GetTopUpResponse';
import type { ListAccountsOfRequest as _quayside_payments_v1_ListAccountsOfRequest, ListAccountsOfRequest__Output as _quayside_payments_v1_ListAccountsOfRequest__Output } from '../../../quayside/payments/v1/ListAccountsOfRequest';
import type { ListAccountsOfResponse as _quayside_payments_v1_ListAccountsOfResponse, ListAccountsOfResponse__Output as _quayside_payments_v1_ListAccountsOfResponse__Output } from '../../../quayside/payments/v1/ListAccountsOfResponse';
import type { ListAccountsRequest as _quayside_payments_v1_ListAccountsRequest, ListAccountsRequest__Output as _quayside_payments_v1_ListAccountsRequest__Output } from '../../../quayside/payments/v1/ListAccountsRequest';
import type { ListAccountsResponse as _quayside_payments_v1_ListAccountsResponse, ListAccountsResponse__Output as _quayside_payments_v1_ListAccountsResponse__Output } from '../../../quayside/payments/v1/ListAccountsResponse';
import type { ListTopUpsNeedingAttentionRequest as _quayside_payments_v1_ListTopUpsNeedingAttentionRequest, ListTopUpsNeedingAttentionRequest__Output as _quayside_payments_v1_ListTopUpsNeedingAttentionRequest__Output } from '../../../quayside/payments/v1/ListTopUpsNeedingAttentionRequest';
import type { ListTopUpsNeedingAttentionResponse as _quayside_payments_v1_ListTopUpsNeedingAttentionResponse, ListTopUpsNeedingAttentionResponse__Output as _quayside_payments_v1_ListTopUpsNeedingAttentionResponse__Output } from '../../../quayside/payments/v1/ListTopUpsNeedingAttentionResponse';
import type { OpenAccountRequest as _quayside_payments_v1_OpenAccountRequest, OpenAccountRequest__Output as _quayside_payments_v1_OpenAccountRequest__Output } from '../../../quayside/payments/v1/OpenAccountRequest';
import type { OpenAccountResponse as _quayside_payments_v1_OpenAccountResponse, OpenAccountResponse__Output as _quayside_payments_v1_OpenAccountResponse__Output } from '../../../quayside/payments/v1/OpenAccountResponse';
import type { RecordProcessorEventRequest as _quayside_payments_v1_RecordProcessorEventRequest, RecordProcessorEventRequest__Output as _quayside_payments_v1_RecordProcessorEventRequest__Output } from '../../../quayside/payments/v1/RecordProcessorEventRequest';
import type { RecordProcessorEventResponse as _quayside_payments_v1_RecordProcessorEventResponse, RecordProcessorEventResponse__Output as _quayside_payments_v1_RecordProcessorEventResponse__Output } from '../../../quayside/payments/v1/RecordProcessorEventResponse';
import type { RefundPaymentRequest as _quayside_payments_v1_RefundPaymentRequest, RefundPaymentRequest__Output as _quayside_payments_v1_RefundPaymentRequest__Output } from '../../../quayside/payments/v1/RefundPaymentRequest';
import type { RefundPaymentResponse as _quayside_payments_v1_RefundPaymentResponse, RefundPaymentResponse__Output as _quayside_payments_v1_RefundPaymentResponse__Output } from '../../../quayside/payments/v1/RefundPaymentResponse';
import type { ResumeTopUpRequest as _quayside_payments_v1_ResumeTopUpRequest, ResumeTopUpRequest__Output as _quayside_payments_v1_ResumeTopUpRequest__Output } from '../../../quayside/payments/v1/ResumeTopUpRequest';
import type { ResumeTopUpResponse as _quayside_payments_v1_ResumeTopUpResponse, ResumeTopUpResponse__Output as _quayside_payments_v1_ResumeTopUpResponse__Output } from '../../../quayside/payments/v1/ResumeTopUpResponse';
import type { UnfreezeAccountRequest as _quayside_payments_v1_UnfreezeAccountRequest, UnfreezeAccountRequest__Output as _quayside_payments_v1_UnfreezeAccountRequest__Output } from '../../../quayside/payments/v1/UnfreezeAccountRequest';
import type { UnfreezeAccountResponse as _quayside_payments_v1_UnfreezeAccountResponse, UnfreezeAccountResponse__Output as _quayside_payments_v1_UnfreezeAccountResponse__Output } from '../../../quayside/payments/v1/UnfreezeAccountResponse';
import type { VoidPaymentRequest as _quayside_payments_v1_VoidPaymentRequest, VoidPaymentRequest__Output as _quayside_payments_v1_VoidPaymentRequest__Output } from '../../../quayside/payments/v1/VoidPaymentRequest';
import type { VoidPaymentResponse as _quayside_payments_v1_VoidPaymentResponse, VoidPaymentResponse__Output as _quayside_payments_v1_VoidPaymentResponse__Output } from '../../../quayside/payments/v1/VoidPaymentResponse';

/**
 * PaymentsService owns the ledger. Calls that move money carry an idempotency key:
 * the same caller, operation and key give the first answer again, decided refusals included.
 */
export interface PaymentsServiceClient extends grpc.Client {
  /**
   * CapturePayment takes all or part of an authorized payment for the caller, who is to be paid; the rest is released.
   */
  CapturePayment(argument: _quayside_payments_v1_CapturePaymentRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_payments_v1_CapturePaymentResponse__Output>): grpc.ClientUnaryCall;
  CapturePayment(argument: _quayside_payments_v1_CapturePaymentRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_payments_v1_CapturePaymentResponse__Output>): grpc.ClientUnaryCall;
  CapturePayment(argument: _quayside_payments_v1_CapturePaymentRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_payments_v1_CapturePaymentResponse__Output>): grpc.ClientUnaryCall;
  CapturePayment(argument: _quayside_payments_v1_CapturePaymentRequest, callback: grpc.requestCallback<_quayside_payments_v1_CapturePaymentResponse__Output>): grpc.ClientUnaryCall;
  /**
   * CapturePayment takes all or part of an authorized payment for the caller, who is to be paid; the rest is released.
   */
  capturePayment(argument: _quayside_payments_v1_CapturePaymentRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_payments_v1_CapturePaymentResponse__Output>): grpc.ClientUnaryCall;
  capturePayment(argument: _quayside_payments_v1_CapturePaymentRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_payments_v1_CapturePaymentResponse__Output>): grpc.ClientUnaryCall;
  capturePayment(argument: _quayside_payments_v1_CapturePaymentRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_payments_v1_CapturePaymentResponse__Output>): grpc.ClientUnaryCall;
  capturePayment(argument: _quayside_payments_v1_CapturePaymentRequest, callback: grpc.requestCallback<_quayside_payments_v1_CapturePaymentResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * CloseAccounts closes all accounts of the caller for good: they neither pay nor are paid any more. It is the first step
   * of an erasure, and the one that decides it. FAILED_PRECONDITION while money, holds or top-ups are open, and then nothing
   * has changed. Asked again it answers alike.
   */
  CloseAccounts(argument: _quayside_payments_v1_CloseAccountsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_payments_v1_CloseAccountsResponse__Output>): grpc.ClientUnaryCall;
  CloseAccounts(argument: _quayside_payments_v1_CloseAccountsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_payments_v1_CloseAccountsResponse__Output>): grpc.ClientUnaryCall;
  CloseAccounts(argument: _quayside_payments_v1_CloseAccountsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_payments_v1_CloseAccountsResponse__Output>): grpc.ClientUnaryCall;
  CloseAccounts(argument: _quayside_payments_v1_CloseAccountsRequest, callback: grpc.requestCallback<_quayside_payments_v1_CloseAccountsResponse__Output>): grpc.ClientUnaryCall;
  /**
   * CloseAccounts closes all accounts of the caller for good: they neither pay nor are paid any more. It is the first step
   * of an erasure, and the one that decides it. FAILED_PRECONDITION while money, holds or top-ups are open, and then nothing
   * has changed. Asked again it answers alike.
   */
  closeAccounts(argument: _quayside_payments_v1_CloseAccountsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_payments_v1_CloseAccountsResponse__Output>): grpc.ClientUnaryCall;
  closeAccounts(argument: _quayside_payments_v1_CloseAccountsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_payments_v1_CloseAccountsResponse__Output>): grpc.ClientUnaryCall;
  closeAccounts(argument: _quayside_payments_v1_CloseAccountsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_payments_v1_CloseAccountsResponse__Output>): grpc.ClientUnaryCall;
  closeAccounts(argument: _quayside_payments_v1_CloseAccountsRequest, callback: grpc.requestCallback<_quayside_payments_v1_CloseAccountsResponse__Output>): grpc.ClientUnaryCall;
  
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
   * CreateTopUp brings money in: from a card when there is a token of one, else from the sandbox's own funding account.
   * A card is charged by a saga: the answer is decided when that takes a moment, else it is pending.
   */
  CreateTopUp(argument: _quayside_payments_v1_CreateTopUpRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_payments_v1_CreateTopUpResponse__Output>): grpc.ClientUnaryCall;
  CreateTopUp(argument: _quayside_payments_v1_CreateTopUpRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_payments_v1_CreateTopUpResponse__Output>): grpc.ClientUnaryCall;
  CreateTopUp(argument: _quayside_payments_v1_CreateTopUpRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_payments_v1_CreateTopUpResponse__Output>): grpc.ClientUnaryCall;
  CreateTopUp(argument: _quayside_payments_v1_CreateTopUpRequest, callback: grpc.requestCallback<_quayside_payments_v1_CreateTopUpResponse__Output>): grpc.ClientUnaryCall;
  /**
   * CreateTopUp brings money in: from a card when there is a token of one, else from the sandbox's own funding account.
   * A card is charged by a saga: the answer is decided when that takes a moment, else it is pending.
   */
  createTopUp(argument: _quayside_payments_v1_CreateTopUpRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_payments_v1_CreateTopUpResponse__Output>): grpc.ClientUnaryCall;
  createTopUp(argument: _quayside_payments_v1_CreateTopUpRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_payments_v1_CreateTopUpResponse__Output>): grpc.ClientUnaryCall;
  createTopUp(argument: _quayside_payments_v1_CreateTopUpRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_payments_v1_CreateTopUpResponse__Output>): grpc.ClientUnaryCall;
  createTopUp(argument: _quayside_payments_v1_CreateTopUpRequest, callback: grpc.requestCallback<_quayside_payments_v1_CreateTopUpResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * FreezeAccount keeps an account from paying and from being paid, for operators.
   */
  FreezeAccount(argument: _quayside_payments_v1_FreezeAccountRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_payments_v1_FreezeAccountResponse__Output>): grpc.ClientUnaryCall;
  FreezeAccount(argument: _quayside_payments_v1_FreezeAccountRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_payments_v1_FreezeAccountResponse__Output>): grpc.ClientUnaryCall;
  FreezeAccount(argument: _quayside_payments_v1_FreezeAccountRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_payments_v1_FreezeAccountResponse__Output>): grpc.ClientUnaryCall;
  FreezeAccount(argument: _quayside_payments_v1_FreezeAccountRequest, callback: grpc.requestCallback<_quayside_payments_v1_FreezeAccountResponse__Output>): grpc.ClientUnaryCall;
  /**
   * FreezeAccount keeps an account from paying and from being paid, for operators.
   */
  freezeAccount(argument: _quayside_payments_v1_FreezeAccountRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_payments_v1_FreezeAccountResponse__Output>): grpc.ClientUnaryCall;
  freezeAccount(argument: _quayside_payments_v1_FreezeAccountRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_payments_v1_FreezeAccountResponse__Output>): grpc.ClientUnaryCall;
  freezeAccount(argument: _quayside_payments_v1_FreezeAccountRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_payments_v1_FreezeAccountResponse__Output>): grpc.ClientUnaryCall;
  freezeAccount(argument: _quayside_payments_v1_FreezeAccountRequest, callback: grpc.requestCallback<_quayside_payments_v1_FreezeAccountResponse__Output>): grpc.ClientUnaryCall;
  
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
   * ListAccountsOf returns the accounts of any user, for operators.
   */
  ListAccountsOf(argument: _quayside_payments_v1_ListAccountsOfRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_payments_v1_ListAccountsOfResponse__Output>): grpc.ClientUnaryCall;
  ListAccountsOf(argument: _quayside_payments_v1_ListAccountsOfRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_payments_v1_ListAccountsOfResponse__Output>): grpc.ClientUnaryCall;
  ListAccountsOf(argument: _quayside_payments_v1_ListAccountsOfRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_payments_v1_ListAccountsOfResponse__Output>): grpc.ClientUnaryCall;
  ListAccountsOf(argument: _quayside_payments_v1_ListAccountsOfRequest, callback: grpc.requestCallback<_quayside_payments_v1_ListAccountsOfResponse__Output>): grpc.ClientUnaryCall;
  /**
   * ListAccountsOf returns the accounts of any user, for operators.
   */
  listAccountsOf(argument: _quayside_payments_v1_ListAccountsOfRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_payments_v1_ListAccountsOfResponse__Output>): grpc.ClientUnaryCall;
  listAccountsOf(argument: _quayside_payments_v1_ListAccountsOfRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_payments_v1_ListAccountsOfResponse__Output>): grpc.ClientUnaryCall;
  listAccountsOf(argument: _quayside_payments_v1_ListAccountsOfRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_payments_v1_ListAccountsOfResponse__Output>): grpc.ClientUnaryCall;
  listAccountsOf(argument: _quayside_payments_v1_ListAccountsOfRequest, callback: grpc.requestCallback<_quayside_payments_v1_ListAccountsOfResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * ListTopUpsNeedingAttention returns card top-ups that the service has given up on, longest first, for operators.
   */
  ListTopUpsNeedingAttention(argument: _quayside_payments_v1_ListTopUpsNeedingAttentionRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_payments_v1_ListTopUpsNeedingAttentionResponse__Output>): grpc.ClientUnaryCall;
  ListTopUpsNeedingAttention(argument: _quayside_payments_v1_ListTopUpsNeedingAttentionRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_payments_v1_ListTopUpsNeedingAttentionResponse__Output>): grpc.ClientUnaryCall;
  ListTopUpsNeedingAttention(argument: _quayside_payments_v1_ListTopUpsNeedingAttentionRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_payments_v1_ListTopUpsNeedingAttentionResponse__Output>): grpc.ClientUnaryCall;
  ListTopUpsNeedingAttention(argument: _quayside_payments_v1_ListTopUpsNeedingAttentionRequest, callback: grpc.requestCallback<_quayside_payments_v1_ListTopUpsNeedingAttentionResponse__Output>): grpc.ClientUnaryCall;
  /**
   * ListTopUpsNeedingAttention returns card top-ups that the service has given up on, longest first, for operators.
   */
  listTopUpsNeedingAttention(argument: _quayside_payments_v1_ListTopUpsNeedingAttentionRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_payments_v1_ListTopUpsNeedingAttentionResponse__Output>): grpc.ClientUnaryCall;
  listTopUpsNeedingAttention(argument: _quayside_payments_v1_ListTopUpsNeedingAttentionRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_payments_v1_ListTopUpsNeedingAttentionResponse__Output>): grpc.ClientUnaryCall;
  listTopUpsNeedingAttention(argument: _quayside_payments_v1_ListTopUpsNeedingAttentionRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_payments_v1_ListTopUpsNeedingAttentionResponse__Output>): grpc.ClientUnaryCall;
  listTopUpsNeedingAttention(argument: _quayside_payments_v1_ListTopUpsNeedingAttentionRequest, callback: grpc.requestCallback<_quayside_payments_v1_ListTopUpsNeedingAttentionResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * OpenAccount opens the caller's account in a currency; one that exists is returned as it is.
   */
  OpenAccount(argument: _quayside_payments_v1_OpenAccountRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_payments_v1_OpenAccountResponse__Output>): grpc.ClientUnaryCall;
  OpenAccount(argument: _quayside_payments_v1_OpenAccountRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_payments_v1_OpenAccountResponse__Output>): grpc.ClientUnaryCall;
  OpenAccount(argument: _quayside_payments_v1_OpenAccountRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_payments_v1_OpenAccountResponse__Output>): grpc.ClientUnaryCall;
  OpenAccount(argument: _quayside_payments_v1_OpenAccountRequest, callback: grpc.requestCallback<_quayside_payments_v1_OpenAccountResponse__Output>): grpc.ClientUnaryCall;
  /**
   * OpenAccount opens the caller's account in a currency; one that exists is returned as it is.
   */
  openAccount(argument: _quayside_payments_v1_OpenAccountRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_payments_v1_OpenAccountResponse__Output>): grpc.ClientUnaryCall;
  openAccount(argument: _quayside_payments_v1_OpenAccountRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_payments_v1_OpenAccountResponse__Output>): grpc.ClientUnaryCall;
  openAccount(argument: _quayside_payments_v1_OpenAccountRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_payments_v1_OpenAccountResponse__Output>): grpc.ClientUnaryCall;
  openAccount(argument: _quayside_payments_v1_OpenAccountRequest, callback: grpc.requestCallback<_quayside_payments_v1_OpenAccountResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * RecordProcessorEvent stores what the card processor has told by webhook, and acts on it. An event that was told
   * before changes nothing; the order in which events come does not matter. For the service gateway.
   */
  RecordProcessorEvent(argument: _quayside_payments_v1_RecordProcessorEventRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_payments_v1_RecordProcessorEventResponse__Output>): grpc.ClientUnaryCall;
  RecordProcessorEvent(argument: _quayside_payments_v1_RecordProcessorEventRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_payments_v1_RecordProcessorEventResponse__Output>): grpc.ClientUnaryCall;
  RecordProcessorEvent(argument: _quayside_payments_v1_RecordProcessorEventRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_payments_v1_RecordProcessorEventResponse__Output>): grpc.ClientUnaryCall;
  RecordProcessorEvent(argument: _quayside_payments_v1_RecordProcessorEventRequest, callback: grpc.requestCallback<_quayside_payments_v1_RecordProcessorEventResponse__Output>): grpc.ClientUnaryCall;
  /**
   * RecordProcessorEvent stores what the card processor has told by webhook, and acts on it. An event that was told
   * before changes nothing; the order in which events come does not matter. For the service gateway.
   */
  recordProcessorEvent(argument: _quayside_payments_v1_RecordProcessorEventRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_payments_v1_RecordProcessorEventResponse__Output>): grpc.ClientUnaryCall;
  recordProcessorEvent(argument: _quayside_payments_v1_RecordProcessorEventRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_payments_v1_RecordProcessorEventResponse__Output>): grpc.ClientUnaryCall;
  recordProcessorEvent(argument: _quayside_payments_v1_RecordProcessorEventRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_payments_v1_RecordProcessorEventResponse__Output>): grpc.ClientUnaryCall;
  recordProcessorEvent(argument: _quayside_payments_v1_RecordProcessorEventRequest, callback: grpc.requestCallback<_quayside_payments_v1_RecordProcessorEventResponse__Output>): grpc.ClientUnaryCall;
  
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
  
  /**
   * ResumeTopUp lets the service try again with a card top-up that it has given up on, for operators.
   */
  ResumeTopUp(argument: _quayside_payments_v1_ResumeTopUpRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_payments_v1_ResumeTopUpResponse__Output>): grpc.ClientUnaryCall;
  ResumeTopUp(argument: _quayside_payments_v1_ResumeTopUpRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_payments_v1_ResumeTopUpResponse__Output>): grpc.ClientUnaryCall;
  ResumeTopUp(argument: _quayside_payments_v1_ResumeTopUpRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_payments_v1_ResumeTopUpResponse__Output>): grpc.ClientUnaryCall;
  ResumeTopUp(argument: _quayside_payments_v1_ResumeTopUpRequest, callback: grpc.requestCallback<_quayside_payments_v1_ResumeTopUpResponse__Output>): grpc.ClientUnaryCall;
  /**
   * ResumeTopUp lets the service try again with a card top-up that it has given up on, for operators.
   */
  resumeTopUp(argument: _quayside_payments_v1_ResumeTopUpRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_payments_v1_ResumeTopUpResponse__Output>): grpc.ClientUnaryCall;
  resumeTopUp(argument: _quayside_payments_v1_ResumeTopUpRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_payments_v1_ResumeTopUpResponse__Output>): grpc.ClientUnaryCall;
  resumeTopUp(argument: _quayside_payments_v1_ResumeTopUpRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_payments_v1_ResumeTopUpResponse__Output>): grpc.ClientUnaryCall;
  resumeTopUp(argument: _quayside_payments_v1_ResumeTopUpRequest, callback: grpc.requestCallback<_quayside_payments_v1_ResumeTopUpResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * UnfreezeAccount lets a frozen account be used again, for operators.
   */
  UnfreezeAccount(argument: _quayside_payments_v1_UnfreezeAccountRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_payments_v1_UnfreezeAccountResponse__Output>): grpc.ClientUnaryCall;
  UnfreezeAccount(argument: _quayside_payments_v1_UnfreezeAccountRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_payments_v1_UnfreezeAccountResponse__Output>): grpc.ClientUnaryCall;
  UnfreezeAccount(argument: _quayside_payments_v1_UnfreezeAccountRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_payments_v1_UnfreezeAccountResponse__Output>): grpc.ClientUnaryCall;
  UnfreezeAccount(argument: _quayside_payments_v1_UnfreezeAccountRequest, callback: grpc.requestCallback<_quayside_payments_v1_UnfreezeAccountResponse__Output>): grpc.ClientUnaryCall;
  /**
   * UnfreezeAccount lets a frozen account be used again, for operators.
   */
  unfreezeAccount(argument: _quayside_payments_v1_UnfreezeAccountRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_payments_v1_UnfreezeAccountResponse__Output>): grpc.ClientUnaryCall;
  unfreezeAccount(argument: _quayside_payments_v1_UnfreezeAccountRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_payments_v1_UnfreezeAccountResponse__Output>): grpc.ClientUnaryCall;
  unfreezeAccount(argument: _quayside_payments_v1_UnfreezeAccountRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_payments_v1_UnfreezeAccountResponse__Output>): grpc.ClientUnaryCall;
  unfreezeAccount(argument: _quayside_payments_v1_UnfreezeAccountRequest, callback: grpc.requestCallback<_quayside_payments_v1_UnfreezeAccountResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * VoidPayment releases an authorized payment; the caller is who was to be paid.
   */
  VoidPayment(argument: _quayside_payments_v1_VoidPaymentRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_payments_v1_VoidPaymentResponse__Output>): grpc.ClientUnaryCall;
  VoidPayment(argument: _quayside_payments_v1_VoidPaymentRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_payments_v1_VoidPaymentResponse__Output>): grpc.ClientUnaryCall;
  VoidPayment(argument: _quayside_payments_v1_VoidPaymentRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_payments_v1_VoidPaymentResponse__Output>): grpc.ClientUnaryCall;
  VoidPayment(argument: _quayside_payments_v1_VoidPaymentRequest, callback: grpc.requestCallback<_quayside_payments_v1_VoidPaymentResponse__Output>): grpc.ClientUnaryCall;
  /**
   * VoidPayment releases an authorized payment; the caller is who was to be paid.
   */
  voidPayment(argument: _quayside_payments_v1_VoidPaymentRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_payments_v1_VoidPaymentResponse__Output>): grpc.ClientUnaryCall;
  voidPayment(argument: _quayside_payments_v1_VoidPaymentRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_payments_v1_VoidPaymentResponse__Output>): grpc.ClientUnaryCall;
  voidPayment(argument: _quayside_payments_v1_VoidPaymentRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_payments_v1_VoidPaymentResponse__Output>): grpc.ClientUnaryCall;
  voidPayment(argument: _quayside_payments_v1_VoidPaymentRequest, callback: grpc.requestCallback<_quayside_payments_v1_VoidPaymentResponse__Output>): grpc.ClientUnaryCall;
  
}

/**
 * PaymentsService owns the ledger. Calls that move money carry an idempotency key:
 * the same caller, operation and key give the first answer again, decided refusals included.
 */
export interface PaymentsServiceHandlers extends grpc.UntypedServiceImplementation {
  /**
   * CapturePayment takes all or part of an authorized payment for the caller, who is to be paid; the rest is released.
   */
  CapturePayment: grpc.handleUnaryCall<_quayside_payments_v1_CapturePaymentRequest__Output, _quayside_payments_v1_CapturePaymentResponse>;
  
  /**
   * CloseAccounts closes all accounts of the caller for good: they neither pay nor are paid any more. It is the first step
   * of an erasure, and the one that decides it. FAILED_PRECONDITION while money, holds or top-ups are open, and then nothing
   * has changed. Asked again it answers alike.
   */
  CloseAccounts: grpc.handleUnaryCall<_quayside_payments_v1_CloseAccountsRequest__Output, _quayside_payments_v1_CloseAccountsResponse>;
  
  /**
   * CreatePayment moves money from the caller to another user.
   * FAILED_PRECONDITION when the money does not suffice, NOT_FOUND for an unknown payee.
   */
  CreatePayment: grpc.handleUnaryCall<_quayside_payments_v1_CreatePaymentRequest__Output, _quayside_payments_v1_CreatePaymentResponse>;
  
  /**
   * CreateTopUp brings money in: from a card when there is a token of one, else from the sandbox's own funding account.
   * A card is charged by a saga: the answer is decided when that takes a moment, else it is pending.
   */
  CreateTopUp: grpc.handleUnaryCall<_quayside_payments_v1_CreateTopUpRequest__Output, _quayside_payments_v1_CreateTopUpResponse>;
  
  /**
   * FreezeAccount keeps an account from paying and from being paid, for operators.
   */
  FreezeAccount: grpc.handleUnaryCall<_quayside_payments_v1_FreezeAccountRequest__Output, _quayside_payments_v1_FreezeAccountResponse>;
  
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
   * ListAccountsOf returns the accounts of any user, for operators.
   */
  ListAccountsOf: grpc.handleUnaryCall<_quayside_payments_v1_ListAccountsOfRequest__Output, _quayside_payments_v1_ListAccountsOfResponse>;
  
  /**
   * ListTopUpsNeedingAttention returns card top-ups that the service has given up on, longest first, for operators.
   */
  ListTopUpsNeedingAttention: grpc.handleUnaryCall<_quayside_payments_v1_ListTopUpsNeedingAttentionRequest__Output, _quayside_payments_v1_ListTopUpsNeedingAttentionResponse>;
  
  /**
   * OpenAccount opens the caller's account in a currency; one that exists is returned as it is.
   */
  OpenAccount: grpc.handleUnaryCall<_quayside_payments_v1_OpenAccountRequest__Output, _quayside_payments_v1_OpenAccountResponse>;
  
  /**
   * RecordProcessorEvent stores what the card processor has told by webhook, and acts on it. An event that was told
   * before changes nothing; the order in which events come does not matter. For the service gateway.
   */
  RecordProcessorEvent: grpc.handleUnaryCall<_quayside_payments_v1_RecordProcessorEventRequest__Output, _quayside_payments_v1_RecordProcessorEventResponse>;
  
  /**
   * RefundPayment gives back all or part of a payment that the caller received.
   */
  RefundPayment: grpc.handleUnaryCall<_quayside_payments_v1_RefundPaymentRequest__Output, _quayside_payments_v1_RefundPaymentResponse>;
  
  /**
   * ResumeTopUp lets the service try again with a card top-up that it has given up on, for operators.
   */
  ResumeTopUp: grpc.handleUnaryCall<_quayside_payments_v1_ResumeTopUpRequest__Output, _quayside_payments_v1_ResumeTopUpResponse>;
  
  /**
   * UnfreezeAccount lets a frozen account be used again, for operators.
   */
  UnfreezeAccount: grpc.handleUnaryCall<_quayside_payments_v1_UnfreezeAccountRequest__Output, _quayside_payments_v1_UnfreezeAccountResponse>;
  
  /**
   * VoidPayment releases an authorized payment; the caller is who was to be paid.
   */
  VoidPayment: grpc.handleUnaryCall<_quayside_payments_v1_VoidPaymentRequest__Output, _quayside_payments_v1_VoidPaymentResponse>;
  
}

export interface PaymentsServiceDefinition extends grpc.ServiceDefinition {
  CapturePayment: MethodDefinition<_quayside_payments_v1_CapturePaymentRequest, _quayside_payments_v1_CapturePaymentResponse, _quayside_payments_v1_CapturePaymentRequest__Output, _quayside_payments_v1_CapturePaymentResponse__Output>
  CloseAccounts: MethodDefinition<_quayside_payments_v1_CloseAccountsRequest, _quayside_payments_v1_CloseAccountsResponse, _quayside_payments_v1_CloseAccountsRequest__Output, _quayside_payments_v1_CloseAccountsResponse__Output>
  CreatePayment: MethodDefinition<_quayside_payments_v1_CreatePaymentRequest, _quayside_payments_v1_CreatePaymentResponse, _quayside_payments_v1_CreatePaymentRequest__Output, _quayside_payments_v1_CreatePaymentResponse__Output>
  CreateTopUp: MethodDefinition<_quayside_payments_v1_CreateTopUpRequest, _quayside_payments_v1_CreateTopUpResponse, _quayside_payments_v1_CreateTopUpRequest__Output, _quayside_payments_v1_CreateTopUpResponse__Output>
  FreezeAccount: MethodDefinition<_quayside_payments_v1_FreezeAccountRequest, _quayside_payments_v1_FreezeAccountResponse, _quayside_payments_v1_FreezeAccountRequest__Output, _quayside_payments_v1_FreezeAccountResponse__Output>
  GetPayment: MethodDefinition<_quayside_payments_v1_GetPaymentRequest, _quayside_payments_v1_GetPaymentResponse, _quayside_payments_v1_GetPaymentRequest__Output, _quayside_payments_v1_GetPaymentResponse__Output>
  GetStatement: MethodDefinition<_quayside_payments_v1_GetStatementRequest, _quayside_payments_v1_GetStatementResponse, _quayside_payments_v1_GetStatementRequest__Output, _quayside_payments_v1_GetStatementResponse__Output>
  GetTopUp: MethodDefinition<_quayside_payments_v1_GetTopUpRequest, _quayside_payments_v1_GetTopUpResponse, _quayside_payments_v1_GetTopUpRequest__Output, _quayside_payments_v1_GetTopUpResponse__Output>
  ListAccounts: MethodDefinition<_quayside_payments_v1_ListAccountsRequest, _quayside_payments_v1_ListAccountsResponse, _quayside_payments_v1_ListAccountsRequest__Output, _quayside_payments_v1_ListAccountsResponse__Output>
  ListAccountsOf: MethodDefinition<_quayside_payments_v1_ListAccountsOfRequest, _quayside_payments_v1_ListAccountsOfResponse, _quayside_payments_v1_ListAccountsOfRequest__Output, _quayside_payments_v1_ListAccountsOfResponse__Output>
  ListTopUpsNeedingAttention: MethodDefinition<_quayside_payments_v1_ListTopUpsNeedingAttentionRequest, _quayside_payments_v1_ListTopUpsNeedingAttentionResponse, _quayside_payments_v1_ListTopUpsNeedingAttentionRequest__Output, _quayside_payments_v1_ListTopUpsNeedingAttentionResponse__Output>
  OpenAccount: MethodDefinition<_quayside_payments_v1_OpenAccountRequest, _quayside_payments_v1_OpenAccountResponse, _quayside_payments_v1_OpenAccountRequest__Output, _quayside_payments_v1_OpenAccountResponse__Output>
  RecordProcessorEvent: MethodDefinition<_quayside_payments_v1_RecordProcessorEventRequest, _quayside_payments_v1_RecordProcessorEventResponse, _quayside_payments_v1_RecordProcessorEventRequest__Output, _quayside_payments_v1_RecordProcessorEventResponse__Output>
  RefundPayment: MethodDefinition<_quayside_payments_v1_RefundPaymentRequest, _quayside_payments_v1_RefundPaymentResponse, _quayside_payments_v1_RefundPaymentRequest__Output, _quayside_payments_v1_RefundPaymentResponse__Output>
  ResumeTopUp: MethodDefinition<_quayside_payments_v1_ResumeTopUpRequest, _quayside_payments_v1_ResumeTopUpResponse, _quayside_payments_v1_ResumeTopUpRequest__Output, _quayside_payments_v1_ResumeTopUpResponse__Output>
  UnfreezeAccount: MethodDefinition<_quayside_payments_v1_UnfreezeAccountRequest, _quayside_payments_v1_UnfreezeAccountResponse, _quayside_payments_v1_UnfreezeAccountRequest__Output, _quayside_payments_v1_UnfreezeAccountResponse__Output>
  VoidPayment: MethodDefinition<_quayside_payments_v1_VoidPaymentRequest, _quayside_payments_v1_VoidPaymentResponse, _quayside_payments_v1_VoidPaymentRequest__Output, _quayside_payments_v1_VoidPaymentResponse__Output>
}
