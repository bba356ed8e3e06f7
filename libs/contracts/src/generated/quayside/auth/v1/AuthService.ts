// Original file: protos/quayside/auth/v1/auth.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { ChangePasswordRequest as _quayside_auth_v1_ChangePasswordRequest, ChangePasswordRequest__Output as _quayside_auth_v1_ChangePasswordRequest__Output } from '../../../quayside/auth/v1/ChangePasswordRequest';
import type { ChangePasswordResponse as _quayside_auth_v1_ChangePasswordResponse, ChangePasswordResponse__Output as _quayside_auth_v1_ChangePasswordResponse__Output } from '../../../quayside/auth/v1/ChangePasswordResponse';
import type { CheckRecentSignInRequest as _quayside_auth_v1_CheckRecentSignInRequest, CheckRecentSignInRequest__Output as _quayside_auth_v1_CheckRecentSignInRequest__Output } from '../../../quayside/auth/v1/CheckRecentSignInRequest';
import type { CheckRecentSignInResponse as _quayside_auth_v1_CheckRecentSignInResponse, CheckRecentSignInResponse__Output as _quayside_auth_v1_CheckRecentSignInResponse__Output } from '../../../quayside/auth/v1/CheckRecentSignInResponse';
import type { ConfirmPasswordResetRequest as _quayside_auth_v1_ConfirmPasswordResetRequest, ConfirmPasswordResetRequest__Output as _quayside_auth_v1_ConfirmPasswordResetRequest__Output } from '../../../quayside/auth/v1/ConfirmPasswordResetRequest';
import type { ConfirmPasswordResetResponse as _quayside_auth_v1_ConfirmPasswordResetResponse, ConfirmPasswordResetResponse__Output as _quayside_auth_v1_ConfirmPasswordResetResponse__Output } from '../../../quayside/auth/v1/ConfirmPasswordResetResponse';
import type { ConfirmSecondFactorRequest as _quayside_auth_v1_ConfirmSecondFactorRequest, ConfirmSecondFactorRequest__Output as _quayside_auth_v1_ConfirmSecondFactorRequest__Output } from '../../../quayside/auth/v1/ConfirmSecondFactorRequest';
import type { ConfirmSecondFactorResponse as _quayside_auth_v1_ConfirmSecondFactorResponse, ConfirmSecondFactorResponse__Output as _quayside_auth_v1_ConfirmSecondFactorResponse__Output } from '../../../quayside/auth/v1/ConfirmSecondFactorResponse';
import type { CreateApiKeyRequest as _quayside_auth_v1_CreateApiKeyRequest, CreateApiKeyRequest__Output as _quayside_auth_v1_CreateApiKeyRequest__Output } from '../../../quayside/auth/v1/CreateApiKeyRequest';
import type { CreateApiKeyResponse as _quayside_auth_v1_CreateApiKeyResponse, CreateApiKeyResponse__Output as _quayside_auth_v1_CreateApiKeyResponse__Output } from '../../../quayside/auth/v1/CreateApiKeyResponse';
import type { DisableSecondFactorRequest as _quayside_auth_v1_DisableSecondFactorRequest, DisableSecondFactorRequest__Output as _quayside_auth_v1_DisableSecondFactorRequest__Output } from '../../../quayside/auth/v1/DisableSecondFactorRequest';
import type { DisableSecondFactorResponse as _quayside_auth_v1_DisableSecondFactorResponse, DisableSecondFactorResponse__Output as _quayside_auth_v1_DisableSecondFactorResponse__Output } from '../../../quayside/auth/v1/DisableSecondFactorResponse';
import type { EndSessionRequest as _quayside_auth_v1_EndSessionRequest, EndSessionRequest__Output as _quayside_auth_v1_EndSessionRequest__Output } from '../../../quayside/auth/v1/EndSessionRequest';
import type { EndSessionResponse as _quayside_auth_v1_EndSessionResponse, EndSessionResponse__Output as _quayside_auth_v1_EndSessionResponse__Output } from '../../../quayside/auth/v1/EndSessionResponse';
import type { EndSessionsOfRequest as _quayside_auth_v1_EndSessionsOfRequest, EndSessionsOfRequest__Output as _quayside_auth_v1_EndSessionsOfRequest__Output } from '../../../quayside/auth/v1/EndSessionsOfRequest';
import type { EndSessionsOfResponse as _quayside_auth_v1_EndSessionsOfResponse, EndSessionsOfResponse__Output as _quayside_auth_v1_EndSessionsOfResponse__Output } from '../../../quayside/auth/v1/EndSessionsOfResponse';
import type { EnrolSecondFactorRequest as _quayside_auth_v1_EnrolSecondFactorRequest, EnrolSecondFactorRequest__Output as _quayside_auth_v1_EnrolSecondFactorRequest__Output } from '../../../quayside/auth/v1/EnrolSecondFactorRequest';
import type { EnrolSecondFactorResponse as _quayside_auth_v1_EnrolSecondFactorResponse, EnrolSecondFactorResponse__Output as _quayside_auth_v1_EnrolSecondFactorResponse__Output } from '../../../quayside/auth/v1/EnrolSecondFactorResponse';
import type { ExchangeApiKeyRequest as _quayside_auth_v1_ExchangeApiKeyRequest, ExchangeApiKeyRequest__Output as _quayside_auth_v1_ExchangeApiKeyRequest__Output } from '../../../quayside/auth/v1/ExchangeApiKeyRequest';
import type { ExchangeApiKeyResponse as _quayside_auth_v1_ExchangeApiKeyResponse, ExchangeApiKeyResponse__Output as _quayside_auth_v1_ExchangeApiKeyResponse__Output } from '../../../quayside/auth/v1/ExchangeApiKeyResponse';
import type { FindIdentityRequest as _quayside_auth_v1_FindIdentityRequest, FindIdentityRequest__Output as _quayside_auth_v1_FindIdentityRequest__Output } from '../../../quayside/auth/v1/FindIdentityRequest';
import type { FindIdentityResponse as _quayside_auth_v1_FindIdentityResponse, FindIdentityResponse__Output as _quayside_auth_v1_FindIdentityResponse__Output } from '../../../quayside/auth/v1/FindIdentityResponse';
import type { GetJwksRequest as _quayside_auth_v1_GetJwksRequest, GetJwksRequest__Output as _quayside_auth_v1_GetJwksRequest__Output } from '../../../quayside/auth/v1/GetJwksRequest';
import type { GetJwksResponse as _quayside_auth_v1_GetJwksResponse, GetJwksResponse__Output as _quayside_auth_v1_GetJwksResponse__Output } from '../../../quayside/auth/v1/GetJwksResponse';
import type { GetSecondFactorRequest as _quayside_auth_v1_GetSecondFactorRequest, GetSecondFactorRequest__Output as _quayside_auth_v1_GetSecondFactorRequest__Output } from '../../../quayside/auth/v1/GetSecondFactorRequest';
import type { GetSecondFactorResponse as _quayside_auth_v1_GetSecondFactorResponse, GetSecondFactorResponse__Output as _quayside_auth_v1_GetSecondFactorResponse__Output } from '../../../quayside/auth/v1/GetSecondFactorResponse';
import type { ListApiKeysRequest as _quayside_auth_v1_ListApiKeysRequest, ListApiKeysRequest__Output as _quayside_auth_v1_ListApiKeysRequest__Output } from '../../../quayside/auth/v1/ListApiKeysRequest';
import type { ListApiKeysResponse as _quayside_auth_v1_ListApiKeysResponse, ListApiKeysResponse__Output as _quayside_auth_v1_ListApiKeysResponse__Output } from '../../../quayside/auth/v1/ListApiKeysResponse';
import type { ListSessionsOfRequest as _quayside_auth_v1_ListSessionsOfRequest, ListSessionsOfRequest__Output as _quayside_auth_v1_ListSessionsOfRequest__Output } from '../../../quayside/auth/v1/ListSessionsOfRequest';
import type { ListSessionsOfResponse as _quayside_auth_v1_ListSessionsOfResponse, ListSessionsOfResponse__Output as _quayside_auth_v1_ListSessionsOfResponse__Output } from '../../../quayside/auth/v1/ListSessionsOfResponse';
import type { ListSessionsRequest as _quayside_auth_v1_ListSessionsRequest, ListSessionsRequest__Output as _quayside_auth_v1_ListSessionsRequest__Output } from '../../../quayside/auth/v1/ListSessionsRequest';
import type { ListSessionsResponse as _quayside_auth_v1_ListSessionsResponse, ListSessionsResponse__Output as _quayside_auth_v1_ListSessionsResponse__Output } from '../../../quayside/auth/v1/ListSessionsResponse';
import type { LoginRequest as _quayside_auth_v1_LoginRequest, LoginRequest__Output as _quayside_auth_v1_LoginRequest__Output } from '../../../quayside/auth/v1/LoginRequest';
import type { LoginResponse as _quayside_auth_v1_LoginResponse, LoginResponse__Output as _quayside_auth_v1_LoginResponse__Output } from '../../../quayside/auth/v1/LoginResponse';
import type { LogoutRequest as _quayside_auth_v1_LogoutRequest, LogoutRequest__Output as _quayside_auth_v1_LogoutRequest__Output } from '../../../quayside/auth/v1/LogoutRequest';
import type { LogoutResponse as _quayside_auth_v1_LogoutResponse, LogoutResponse__Output as _quayside_auth_v1_LogoutResponse__Output } from '../../../quayside/auth/v1/LogoutResponse';
import type { RefreshRequest as _quayside_auth_v1_RefreshRequest, RefreshRequest__Output as _quayside_auth_v1_RefreshRequest__Output } from '../../../quayside/auth/v1/RefreshRequest';
import type { RefreshResponse as _quayside_auth_v1_RefreshResponse, RefreshResponse__Output as _quayside_auth_v1_RefreshResponse__Output } from '../../../quayside/auth/v1/RefreshResponse';
import type { RegisterRequest as _quayside_auth_v1_RegisterRequest, RegisterRequest__Output as _quayside_auth_v1_RegisterRequest__Output } from '../../../quayside/auth/v1/RegisterRequest';
import type { RegisterResponse as _quayside_auth_v1_RegisterResponse, RegisterResponse__Output as _quayside_auth_v1_RegisterResponse__Output } from '../../../quayside/auth/v1/RegisterResponse';
import type { RequestPasswordResetRequest as _quayside_auth_v1_RequestPasswordResetRequest, RequestPasswordResetRequest__Output as _quayside_auth_v1_RequestPasswordResetRequest__Output } from '../../../quayside/auth/v1/RequestPasswordResetRequest';
import type { RequestPasswordResetResponse as _quayside_auth_v1_RequestPasswordResetResponse, RequestPasswordResetResponse__Output as _quayside_auth_v1_RequestPasswordResetResponse__Output } from '../../../quayside/auth/v1/RequestPasswordResetResponse';
import type { RevokeApiKeyRequest as _quayside_auth_v1_RevokeApiKeyRequest, RevokeApiKeyRequest__Output as _quayside_auth_v1_RevokeApiKeyRequest__Output } from '../../../quayside/auth/v1/RevokeApiKeyRequest';
import type { RevokeApiKeyResponse as _quayside_auth_v1_RevokeApiKeyResponse, RevokeApiKeyResponse__Output as _quayside_auth_v1_RevokeApiKeyResponse__Output } from '../../../quayside/auth/v1/RevokeApiKeyResponse';
import type { StepUpRequest as _quayside_auth_v1_StepUpRequest, StepUpRequest__Output as _quayside_auth_v1_StepUpRequest__Output } from '../../../quayside/auth/v1/StepUpRequest';
import type { StepUpResponse as _quayside_auth_v1_StepUpResponse, StepUpResponse__Output as _quayside_auth_v1_StepUpResponse__Output } from '../../../quayside/auth/v1/StepUpResponse';

/**
 * AuthService owns every identity: who may sign in, and the tokens that prove it.
 */
export interface AuthServiceClient extends grpc.Client {
  /**
   * ChangePassword gives the caller another password and ends all of their other sessions and every
   * API key.
   * PERMISSION_DENIED when the current password is wrong.
   */
  ChangePassword(argument: _quayside_auth_v1_ChangePasswordRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_ChangePasswordResponse__Output>): grpc.ClientUnaryCall;
  ChangePassword(argument: _quayside_auth_v1_ChangePasswordRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_auth_v1_ChangePasswordResponse__Output>): grpc.ClientUnaryCall;
  ChangePassword(argument: _quayside_auth_v1_ChangePasswordRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_ChangePasswordResponse__Output>): grpc.ClientUnaryCall;
  ChangePassword(argument: _quayside_auth_v1_ChangePasswordRequest, callback: grpc.requestCallback<_quayside_auth_v1_ChangePasswordResponse__Output>): grpc.ClientUnaryCall;
  /**
   * ChangePassword gives the caller another password and ends all of their other sessions and every
   * API key.
   * PERMISSION_DENIED when the current password is wrong.
   */
  changePassword(argument: _quayside_auth_v1_ChangePasswordRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_ChangePasswordResponse__Output>): grpc.ClientUnaryCall;
  changePassword(argument: _quayside_auth_v1_ChangePasswordRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_auth_v1_ChangePasswordResponse__Output>): grpc.ClientUnaryCall;
  changePassword(argument: _quayside_auth_v1_ChangePasswordRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_ChangePasswordResponse__Output>): grpc.ClientUnaryCall;
  changePassword(argument: _quayside_auth_v1_ChangePasswordRequest, callback: grpc.requestCallback<_quayside_auth_v1_ChangePasswordResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * CheckRecentSignIn says whether the caller has signed in, not merely refreshed, a short while ago; for what must not be
   * done by who merely found a device unlocked.
   */
  CheckRecentSignIn(argument: _quayside_auth_v1_CheckRecentSignInRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_CheckRecentSignInResponse__Output>): grpc.ClientUnaryCall;
  CheckRecentSignIn(argument: _quayside_auth_v1_CheckRecentSignInRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_auth_v1_CheckRecentSignInResponse__Output>): grpc.ClientUnaryCall;
  CheckRecentSignIn(argument: _quayside_auth_v1_CheckRecentSignInRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_CheckRecentSignInResponse__Output>): grpc.ClientUnaryCall;
  CheckRecentSignIn(argument: _quayside_auth_v1_CheckRecentSignInRequest, callback: grpc.requestCallback<_quayside_auth_v1_CheckRecentSignInResponse__Output>): grpc.ClientUnaryCall;
  /**
   * CheckRecentSignIn says whether the caller has signed in, not merely refreshed, a short while ago; for what must not be
   * done by who merely found a device unlocked.
   */
  checkRecentSignIn(argument: _quayside_auth_v1_CheckRecentSignInRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_CheckRecentSignInResponse__Output>): grpc.ClientUnaryCall;
  checkRecentSignIn(argument: _quayside_auth_v1_CheckRecentSignInRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_auth_v1_CheckRecentSignInResponse__Output>): grpc.ClientUnaryCall;
  checkRecentSignIn(argument: _quayside_auth_v1_CheckRecentSignInRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_CheckRecentSignInResponse__Output>): grpc.ClientUnaryCall;
  checkRecentSignIn(argument: _quayside_auth_v1_CheckRecentSignInRequest, callback: grpc.requestCallback<_quayside_auth_v1_CheckRecentSignInResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * ConfirmPasswordReset sets a new password by a token that was sent and ends every session and API key.
   * FAILED_PRECONDITION when the token is unknown, used or older than 30 minutes.
   */
  ConfirmPasswordReset(argument: _quayside_auth_v1_ConfirmPasswordResetRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_ConfirmPasswordResetResponse__Output>): grpc.ClientUnaryCall;
  ConfirmPasswordReset(argument: _quayside_auth_v1_ConfirmPasswordResetRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_auth_v1_ConfirmPasswordResetResponse__Output>): grpc.ClientUnaryCall;
  ConfirmPasswordReset(argument: _quayside_auth_v1_ConfirmPasswordResetRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_ConfirmPasswordResetResponse__Output>): grpc.ClientUnaryCall;
  ConfirmPasswordReset(argument: _quayside_auth_v1_ConfirmPasswordResetRequest, callback: grpc.requestCallback<_quayside_auth_v1_ConfirmPasswordResetResponse__Output>): grpc.ClientUnaryCall;
  /**
   * ConfirmPasswordReset sets a new password by a token that was sent and ends every session and API key.
   * FAILED_PRECONDITION when the token is unknown, used or older than 30 minutes.
   */
  confirmPasswordReset(argument: _quayside_auth_v1_ConfirmPasswordResetRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_ConfirmPasswordResetResponse__Output>): grpc.ClientUnaryCall;
  confirmPasswordReset(argument: _quayside_auth_v1_ConfirmPasswordResetRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_auth_v1_ConfirmPasswordResetResponse__Output>): grpc.ClientUnaryCall;
  confirmPasswordReset(argument: _quayside_auth_v1_ConfirmPasswordResetRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_ConfirmPasswordResetResponse__Output>): grpc.ClientUnaryCall;
  confirmPasswordReset(argument: _quayside_auth_v1_ConfirmPasswordResetRequest, callback: grpc.requestCallback<_quayside_auth_v1_ConfirmPasswordResetResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * ConfirmSecondFactor proves that the secret has arrived, and makes recovery codes.
   */
  ConfirmSecondFactor(argument: _quayside_auth_v1_ConfirmSecondFactorRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_ConfirmSecondFactorResponse__Output>): grpc.ClientUnaryCall;
  ConfirmSecondFactor(argument: _quayside_auth_v1_ConfirmSecondFactorRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_auth_v1_ConfirmSecondFactorResponse__Output>): grpc.ClientUnaryCall;
  ConfirmSecondFactor(argument: _quayside_auth_v1_ConfirmSecondFactorRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_ConfirmSecondFactorResponse__Output>): grpc.ClientUnaryCall;
  ConfirmSecondFactor(argument: _quayside_auth_v1_ConfirmSecondFactorRequest, callback: grpc.requestCallback<_quayside_auth_v1_ConfirmSecondFactorResponse__Output>): grpc.ClientUnaryCall;
  /**
   * ConfirmSecondFactor proves that the secret has arrived, and makes recovery codes.
   */
  confirmSecondFactor(argument: _quayside_auth_v1_ConfirmSecondFactorRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_ConfirmSecondFactorResponse__Output>): grpc.ClientUnaryCall;
  confirmSecondFactor(argument: _quayside_auth_v1_ConfirmSecondFactorRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_auth_v1_ConfirmSecondFactorResponse__Output>): grpc.ClientUnaryCall;
  confirmSecondFactor(argument: _quayside_auth_v1_ConfirmSecondFactorRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_ConfirmSecondFactorResponse__Output>): grpc.ClientUnaryCall;
  confirmSecondFactor(argument: _quayside_auth_v1_ConfirmSecondFactorRequest, callback: grpc.requestCallback<_quayside_auth_v1_ConfirmSecondFactorResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * CreateApiKey makes a key by which a machine acts for the caller, with some of the caller's scopes.
   * UNAUTHENTICATED, `step_up_required`, when the caller has a second factor and has not just given it. Without
   * one, PERMISSION_DENIED when the password is wrong.
   */
  CreateApiKey(argument: _quayside_auth_v1_CreateApiKeyRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_CreateApiKeyResponse__Output>): grpc.ClientUnaryCall;
  CreateApiKey(argument: _quayside_auth_v1_CreateApiKeyRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_auth_v1_CreateApiKeyResponse__Output>): grpc.ClientUnaryCall;
  CreateApiKey(argument: _quayside_auth_v1_CreateApiKeyRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_CreateApiKeyResponse__Output>): grpc.ClientUnaryCall;
  CreateApiKey(argument: _quayside_auth_v1_CreateApiKeyRequest, callback: grpc.requestCallback<_quayside_auth_v1_CreateApiKeyResponse__Output>): grpc.ClientUnaryCall;
  /**
   * CreateApiKey makes a key by which a machine acts for the caller, with some of the caller's scopes.
   * UNAUTHENTICATED, `step_up_required`, when the caller has a second factor and has not just given it. Without
   * one, PERMISSION_DENIED when the password is wrong.
   */
  createApiKey(argument: _quayside_auth_v1_CreateApiKeyRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_CreateApiKeyResponse__Output>): grpc.ClientUnaryCall;
  createApiKey(argument: _quayside_auth_v1_CreateApiKeyRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_auth_v1_CreateApiKeyResponse__Output>): grpc.ClientUnaryCall;
  createApiKey(argument: _quayside_auth_v1_CreateApiKeyRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_CreateApiKeyResponse__Output>): grpc.ClientUnaryCall;
  createApiKey(argument: _quayside_auth_v1_CreateApiKeyRequest, callback: grpc.requestCallback<_quayside_auth_v1_CreateApiKeyResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * DisableSecondFactor removes the second factor. UNAUTHENTICATED, `step_up_required`, unless it has just been given.
   */
  DisableSecondFactor(argument: _quayside_auth_v1_DisableSecondFactorRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_DisableSecondFactorResponse__Output>): grpc.ClientUnaryCall;
  DisableSecondFactor(argument: _quayside_auth_v1_DisableSecondFactorRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_auth_v1_DisableSecondFactorResponse__Output>): grpc.ClientUnaryCall;
  DisableSecondFactor(argument: _quayside_auth_v1_DisableSecondFactorRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_DisableSecondFactorResponse__Output>): grpc.ClientUnaryCall;
  DisableSecondFactor(argument: _quayside_auth_v1_DisableSecondFactorRequest, callback: grpc.requestCallback<_quayside_auth_v1_DisableSecondFactorResponse__Output>): grpc.ClientUnaryCall;
  /**
   * DisableSecondFactor removes the second factor. UNAUTHENTICATED, `step_up_required`, unless it has just been given.
   */
  disableSecondFactor(argument: _quayside_auth_v1_DisableSecondFactorRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_DisableSecondFactorResponse__Output>): grpc.ClientUnaryCall;
  disableSecondFactor(argument: _quayside_auth_v1_DisableSecondFactorRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_auth_v1_DisableSecondFactorResponse__Output>): grpc.ClientUnaryCall;
  disableSecondFactor(argument: _quayside_auth_v1_DisableSecondFactorRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_DisableSecondFactorResponse__Output>): grpc.ClientUnaryCall;
  disableSecondFactor(argument: _quayside_auth_v1_DisableSecondFactorRequest, callback: grpc.requestCallback<_quayside_auth_v1_DisableSecondFactorResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * EndSession ends one of the caller's sessions. NOT_FOUND when it is not theirs or over already.
   */
  EndSession(argument: _quayside_auth_v1_EndSessionRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_EndSessionResponse__Output>): grpc.ClientUnaryCall;
  EndSession(argument: _quayside_auth_v1_EndSessionRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_auth_v1_EndSessionResponse__Output>): grpc.ClientUnaryCall;
  EndSession(argument: _quayside_auth_v1_EndSessionRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_EndSessionResponse__Output>): grpc.ClientUnaryCall;
  EndSession(argument: _quayside_auth_v1_EndSessionRequest, callback: grpc.requestCallback<_quayside_auth_v1_EndSessionResponse__Output>): grpc.ClientUnaryCall;
  /**
   * EndSession ends one of the caller's sessions. NOT_FOUND when it is not theirs or over already.
   */
  endSession(argument: _quayside_auth_v1_EndSessionRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_EndSessionResponse__Output>): grpc.ClientUnaryCall;
  endSession(argument: _quayside_auth_v1_EndSessionRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_auth_v1_EndSessionResponse__Output>): grpc.ClientUnaryCall;
  endSession(argument: _quayside_auth_v1_EndSessionRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_EndSessionResponse__Output>): grpc.ClientUnaryCall;
  endSession(argument: _quayside_auth_v1_EndSessionRequest, callback: grpc.requestCallback<_quayside_auth_v1_EndSessionResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * EndSessionsOf ends all sessions of any user and revokes all their API keys, for operators. Their access tokens end
   * with them.
   */
  EndSessionsOf(argument: _quayside_auth_v1_EndSessionsOfRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_EndSessionsOfResponse__Output>): grpc.ClientUnaryCall;
  EndSessionsOf(argument: _quayside_auth_v1_EndSessionsOfRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_auth_v1_EndSessionsOfResponse__Output>): grpc.ClientUnaryCall;
  EndSessionsOf(argument: _quayside_auth_v1_EndSessionsOfRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_EndSessionsOfResponse__Output>): grpc.ClientUnaryCall;
  EndSessionsOf(argument: _quayside_auth_v1_EndSessionsOfRequest, callback: grpc.requestCallback<_quayside_auth_v1_EndSessionsOfResponse__Output>): grpc.ClientUnaryCall;
  /**
   * EndSessionsOf ends all sessions of any user and revokes all their API keys, for operators. Their access tokens end
   * with them.
   */
  endSessionsOf(argument: _quayside_auth_v1_EndSessionsOfRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_EndSessionsOfResponse__Output>): grpc.ClientUnaryCall;
  endSessionsOf(argument: _quayside_auth_v1_EndSessionsOfRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_auth_v1_EndSessionsOfResponse__Output>): grpc.ClientUnaryCall;
  endSessionsOf(argument: _quayside_auth_v1_EndSessionsOfRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_EndSessionsOfResponse__Output>): grpc.ClientUnaryCall;
  endSessionsOf(argument: _quayside_auth_v1_EndSessionsOfRequest, callback: grpc.requestCallback<_quayside_auth_v1_EndSessionsOfResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * EnrolSecondFactor makes a secret for one-time passwords (RFC 6238), which counts once it is confirmed.
   * ALREADY_EXISTS when the caller has a second factor.
   */
  EnrolSecondFactor(argument: _quayside_auth_v1_EnrolSecondFactorRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_EnrolSecondFactorResponse__Output>): grpc.ClientUnaryCall;
  EnrolSecondFactor(argument: _quayside_auth_v1_EnrolSecondFactorRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_auth_v1_EnrolSecondFactorResponse__Output>): grpc.ClientUnaryCall;
  EnrolSecondFactor(argument: _quayside_auth_v1_EnrolSecondFactorRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_EnrolSecondFactorResponse__Output>): grpc.ClientUnaryCall;
  EnrolSecondFactor(argument: _quayside_auth_v1_EnrolSecondFactorRequest, callback: grpc.requestCallback<_quayside_auth_v1_EnrolSecondFactorResponse__Output>): grpc.ClientUnaryCall;
  /**
   * EnrolSecondFactor makes a secret for one-time passwords (RFC 6238), which counts once it is confirmed.
   * ALREADY_EXISTS when the caller has a second factor.
   */
  enrolSecondFactor(argument: _quayside_auth_v1_EnrolSecondFactorRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_EnrolSecondFactorResponse__Output>): grpc.ClientUnaryCall;
  enrolSecondFactor(argument: _quayside_auth_v1_EnrolSecondFactorRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_auth_v1_EnrolSecondFactorResponse__Output>): grpc.ClientUnaryCall;
  enrolSecondFactor(argument: _quayside_auth_v1_EnrolSecondFactorRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_EnrolSecondFactorResponse__Output>): grpc.ClientUnaryCall;
  enrolSecondFactor(argument: _quayside_auth_v1_EnrolSecondFactorRequest, callback: grpc.requestCallback<_quayside_auth_v1_EnrolSecondFactorResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * ExchangeApiKey gives an access token for an API key. UNAUTHENTICATED when the key does not work.
   */
  ExchangeApiKey(argument: _quayside_auth_v1_ExchangeApiKeyRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_ExchangeApiKeyResponse__Output>): grpc.ClientUnaryCall;
  ExchangeApiKey(argument: _quayside_auth_v1_ExchangeApiKeyRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_auth_v1_ExchangeApiKeyResponse__Output>): grpc.ClientUnaryCall;
  ExchangeApiKey(argument: _quayside_auth_v1_ExchangeApiKeyRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_ExchangeApiKeyResponse__Output>): grpc.ClientUnaryCall;
  ExchangeApiKey(argument: _quayside_auth_v1_ExchangeApiKeyRequest, callback: grpc.requestCallback<_quayside_auth_v1_ExchangeApiKeyResponse__Output>): grpc.ClientUnaryCall;
  /**
   * ExchangeApiKey gives an access token for an API key. UNAUTHENTICATED when the key does not work.
   */
  exchangeApiKey(argument: _quayside_auth_v1_ExchangeApiKeyRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_ExchangeApiKeyResponse__Output>): grpc.ClientUnaryCall;
  exchangeApiKey(argument: _quayside_auth_v1_ExchangeApiKeyRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_auth_v1_ExchangeApiKeyResponse__Output>): grpc.ClientUnaryCall;
  exchangeApiKey(argument: _quayside_auth_v1_ExchangeApiKeyRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_ExchangeApiKeyResponse__Output>): grpc.ClientUnaryCall;
  exchangeApiKey(argument: _quayside_auth_v1_ExchangeApiKeyRequest, callback: grpc.requestCallback<_quayside_auth_v1_ExchangeApiKeyResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * FindIdentity returns an identity by its user id or e-mail address, for operators.
   */
  FindIdentity(argument: _quayside_auth_v1_FindIdentityRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_FindIdentityResponse__Output>): grpc.ClientUnaryCall;
  FindIdentity(argument: _quayside_auth_v1_FindIdentityRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_auth_v1_FindIdentityResponse__Output>): grpc.ClientUnaryCall;
  FindIdentity(argument: _quayside_auth_v1_FindIdentityRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_FindIdentityResponse__Output>): grpc.ClientUnaryCall;
  FindIdentity(argument: _quayside_auth_v1_FindIdentityRequest, callback: grpc.requestCallback<_quayside_auth_v1_FindIdentityResponse__Output>): grpc.ClientUnaryCall;
  /**
   * FindIdentity returns an identity by its user id or e-mail address, for operators.
   */
  findIdentity(argument: _quayside_auth_v1_FindIdentityRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_FindIdentityResponse__Output>): grpc.ClientUnaryCall;
  findIdentity(argument: _quayside_auth_v1_FindIdentityRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_auth_v1_FindIdentityResponse__Output>): grpc.ClientUnaryCall;
  findIdentity(argument: _quayside_auth_v1_FindIdentityRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_FindIdentityResponse__Output>): grpc.ClientUnaryCall;
  findIdentity(argument: _quayside_auth_v1_FindIdentityRequest, callback: grpc.requestCallback<_quayside_auth_v1_FindIdentityResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * GetJwks returns the public keys that verify access tokens (RFC 7517).
   */
  GetJwks(argument: _quayside_auth_v1_GetJwksRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_GetJwksResponse__Output>): grpc.ClientUnaryCall;
  GetJwks(argument: _quayside_auth_v1_GetJwksRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_auth_v1_GetJwksResponse__Output>): grpc.ClientUnaryCall;
  GetJwks(argument: _quayside_auth_v1_GetJwksRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_GetJwksResponse__Output>): grpc.ClientUnaryCall;
  GetJwks(argument: _quayside_auth_v1_GetJwksRequest, callback: grpc.requestCallback<_quayside_auth_v1_GetJwksResponse__Output>): grpc.ClientUnaryCall;
  /**
   * GetJwks returns the public keys that verify access tokens (RFC 7517).
   */
  getJwks(argument: _quayside_auth_v1_GetJwksRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_GetJwksResponse__Output>): grpc.ClientUnaryCall;
  getJwks(argument: _quayside_auth_v1_GetJwksRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_auth_v1_GetJwksResponse__Output>): grpc.ClientUnaryCall;
  getJwks(argument: _quayside_auth_v1_GetJwksRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_GetJwksResponse__Output>): grpc.ClientUnaryCall;
  getJwks(argument: _quayside_auth_v1_GetJwksRequest, callback: grpc.requestCallback<_quayside_auth_v1_GetJwksResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * GetSecondFactor says whether the caller has a second factor.
   */
  GetSecondFactor(argument: _quayside_auth_v1_GetSecondFactorRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_GetSecondFactorResponse__Output>): grpc.ClientUnaryCall;
  GetSecondFactor(argument: _quayside_auth_v1_GetSecondFactorRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_auth_v1_GetSecondFactorResponse__Output>): grpc.ClientUnaryCall;
  GetSecondFactor(argument: _quayside_auth_v1_GetSecondFactorRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_GetSecondFactorResponse__Output>): grpc.ClientUnaryCall;
  GetSecondFactor(argument: _quayside_auth_v1_GetSecondFactorRequest, callback: grpc.requestCallback<_quayside_auth_v1_GetSecondFactorResponse__Output>): grpc.ClientUnaryCall;
  /**
   * GetSecondFactor says whether the caller has a second factor.
   */
  getSecondFactor(argument: _quayside_auth_v1_GetSecondFactorRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_GetSecondFactorResponse__Output>): grpc.ClientUnaryCall;
  getSecondFactor(argument: _quayside_auth_v1_GetSecondFactorRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_auth_v1_GetSecondFactorResponse__Output>): grpc.ClientUnaryCall;
  getSecondFactor(argument: _quayside_auth_v1_GetSecondFactorRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_GetSecondFactorResponse__Output>): grpc.ClientUnaryCall;
  getSecondFactor(argument: _quayside_auth_v1_GetSecondFactorRequest, callback: grpc.requestCallback<_quayside_auth_v1_GetSecondFactorResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * ListApiKeys returns the caller's keys that work, the newest first; not their secrets.
   */
  ListApiKeys(argument: _quayside_auth_v1_ListApiKeysRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_ListApiKeysResponse__Output>): grpc.ClientUnaryCall;
  ListApiKeys(argument: _quayside_auth_v1_ListApiKeysRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_auth_v1_ListApiKeysResponse__Output>): grpc.ClientUnaryCall;
  ListApiKeys(argument: _quayside_auth_v1_ListApiKeysRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_ListApiKeysResponse__Output>): grpc.ClientUnaryCall;
  ListApiKeys(argument: _quayside_auth_v1_ListApiKeysRequest, callback: grpc.requestCallback<_quayside_auth_v1_ListApiKeysResponse__Output>): grpc.ClientUnaryCall;
  /**
   * ListApiKeys returns the caller's keys that work, the newest first; not their secrets.
   */
  listApiKeys(argument: _quayside_auth_v1_ListApiKeysRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_ListApiKeysResponse__Output>): grpc.ClientUnaryCall;
  listApiKeys(argument: _quayside_auth_v1_ListApiKeysRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_auth_v1_ListApiKeysResponse__Output>): grpc.ClientUnaryCall;
  listApiKeys(argument: _quayside_auth_v1_ListApiKeysRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_ListApiKeysResponse__Output>): grpc.ClientUnaryCall;
  listApiKeys(argument: _quayside_auth_v1_ListApiKeysRequest, callback: grpc.requestCallback<_quayside_auth_v1_ListApiKeysResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * ListSessions returns the caller's living sessions, the one used last first.
   */
  ListSessions(argument: _quayside_auth_v1_ListSessionsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_ListSessionsResponse__Output>): grpc.ClientUnaryCall;
  ListSessions(argument: _quayside_auth_v1_ListSessionsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_auth_v1_ListSessionsResponse__Output>): grpc.ClientUnaryCall;
  ListSessions(argument: _quayside_auth_v1_ListSessionsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_ListSessionsResponse__Output>): grpc.ClientUnaryCall;
  ListSessions(argument: _quayside_auth_v1_ListSessionsRequest, callback: grpc.requestCallback<_quayside_auth_v1_ListSessionsResponse__Output>): grpc.ClientUnaryCall;
  /**
   * ListSessions returns the caller's living sessions, the one used last first.
   */
  listSessions(argument: _quayside_auth_v1_ListSessionsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_ListSessionsResponse__Output>): grpc.ClientUnaryCall;
  listSessions(argument: _quayside_auth_v1_ListSessionsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_auth_v1_ListSessionsResponse__Output>): grpc.ClientUnaryCall;
  listSessions(argument: _quayside_auth_v1_ListSessionsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_ListSessionsResponse__Output>): grpc.ClientUnaryCall;
  listSessions(argument: _quayside_auth_v1_ListSessionsRequest, callback: grpc.requestCallback<_quayside_auth_v1_ListSessionsResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * ListSessionsOf returns the sessions of any user, for operators.
   */
  ListSessionsOf(argument: _quayside_auth_v1_ListSessionsOfRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_ListSessionsOfResponse__Output>): grpc.ClientUnaryCall;
  ListSessionsOf(argument: _quayside_auth_v1_ListSessionsOfRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_auth_v1_ListSessionsOfResponse__Output>): grpc.ClientUnaryCall;
  ListSessionsOf(argument: _quayside_auth_v1_ListSessionsOfRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_ListSessionsOfResponse__Output>): grpc.ClientUnaryCall;
  ListSessionsOf(argument: _quayside_auth_v1_ListSessionsOfRequest, callback: grpc.requestCallback<_quayside_auth_v1_ListSessionsOfResponse__Output>): grpc.ClientUnaryCall;
  /**
   * ListSessionsOf returns the sessions of any user, for operators.
   */
  listSessionsOf(argument: _quayside_auth_v1_ListSessionsOfRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_ListSessionsOfResponse__Output>): grpc.ClientUnaryCall;
  listSessionsOf(argument: _quayside_auth_v1_ListSessionsOfRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_auth_v1_ListSessionsOfResponse__Output>): grpc.ClientUnaryCall;
  listSessionsOf(argument: _quayside_auth_v1_ListSessionsOfRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_ListSessionsOfResponse__Output>): grpc.ClientUnaryCall;
  listSessionsOf(argument: _quayside_auth_v1_ListSessionsOfRequest, callback: grpc.requestCallback<_quayside_auth_v1_ListSessionsOfResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Login starts a session. UNAUTHENTICATED for an unknown e-mail and for a wrong password alike.
   */
  Login(argument: _quayside_auth_v1_LoginRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_LoginResponse__Output>): grpc.ClientUnaryCall;
  Login(argument: _quayside_auth_v1_LoginRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_auth_v1_LoginResponse__Output>): grpc.ClientUnaryCall;
  Login(argument: _quayside_auth_v1_LoginRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_LoginResponse__Output>): grpc.ClientUnaryCall;
  Login(argument: _quayside_auth_v1_LoginRequest, callback: grpc.requestCallback<_quayside_auth_v1_LoginResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Login starts a session. UNAUTHENTICATED for an unknown e-mail and for a wrong password alike.
   */
  login(argument: _quayside_auth_v1_LoginRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_LoginResponse__Output>): grpc.ClientUnaryCall;
  login(argument: _quayside_auth_v1_LoginRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_auth_v1_LoginResponse__Output>): grpc.ClientUnaryCall;
  login(argument: _quayside_auth_v1_LoginRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_LoginResponse__Output>): grpc.ClientUnaryCall;
  login(argument: _quayside_auth_v1_LoginRequest, callback: grpc.requestCallback<_quayside_auth_v1_LoginResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Logout ends the session that the refresh token belongs to. Unknown tokens are not an error.
   */
  Logout(argument: _quayside_auth_v1_LogoutRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_LogoutResponse__Output>): grpc.ClientUnaryCall;
  Logout(argument: _quayside_auth_v1_LogoutRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_auth_v1_LogoutResponse__Output>): grpc.ClientUnaryCall;
  Logout(argument: _quayside_auth_v1_LogoutRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_LogoutResponse__Output>): grpc.ClientUnaryCall;
  Logout(argument: _quayside_auth_v1_LogoutRequest, callback: grpc.requestCallback<_quayside_auth_v1_LogoutResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Logout ends the session that the refresh token belongs to. Unknown tokens are not an error.
   */
  logout(argument: _quayside_auth_v1_LogoutRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_LogoutResponse__Output>): grpc.ClientUnaryCall;
  logout(argument: _quayside_auth_v1_LogoutRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_auth_v1_LogoutResponse__Output>): grpc.ClientUnaryCall;
  logout(argument: _quayside_auth_v1_LogoutRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_LogoutResponse__Output>): grpc.ClientUnaryCall;
  logout(argument: _quayside_auth_v1_LogoutRequest, callback: grpc.requestCallback<_quayside_auth_v1_LogoutResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Refresh exchanges a refresh token, once, for a new pair of tokens. Never retried automatically.
   */
  Refresh(argument: _quayside_auth_v1_RefreshRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_RefreshResponse__Output>): grpc.ClientUnaryCall;
  Refresh(argument: _quayside_auth_v1_RefreshRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_auth_v1_RefreshResponse__Output>): grpc.ClientUnaryCall;
  Refresh(argument: _quayside_auth_v1_RefreshRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_RefreshResponse__Output>): grpc.ClientUnaryCall;
  Refresh(argument: _quayside_auth_v1_RefreshRequest, callback: grpc.requestCallback<_quayside_auth_v1_RefreshResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Refresh exchanges a refresh token, once, for a new pair of tokens. Never retried automatically.
   */
  refresh(argument: _quayside_auth_v1_RefreshRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_RefreshResponse__Output>): grpc.ClientUnaryCall;
  refresh(argument: _quayside_auth_v1_RefreshRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_auth_v1_RefreshResponse__Output>): grpc.ClientUnaryCall;
  refresh(argument: _quayside_auth_v1_RefreshRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_RefreshResponse__Output>): grpc.ClientUnaryCall;
  refresh(argument: _quayside_auth_v1_RefreshRequest, callback: grpc.requestCallback<_quayside_auth_v1_RefreshResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Register makes an identity and its first session. ALREADY_EXISTS when the e-mail is taken.
   * Never retried automatically: a lost answer is resolved by logging in.
   */
  Register(argument: _quayside_auth_v1_RegisterRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_RegisterResponse__Output>): grpc.ClientUnaryCall;
  Register(argument: _quayside_auth_v1_RegisterRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_auth_v1_RegisterResponse__Output>): grpc.ClientUnaryCall;
  Register(argument: _quayside_auth_v1_RegisterRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_RegisterResponse__Output>): grpc.ClientUnaryCall;
  Register(argument: _quayside_auth_v1_RegisterRequest, callback: grpc.requestCallback<_quayside_auth_v1_RegisterResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Register makes an identity and its first session. ALREADY_EXISTS when the e-mail is taken.
   * Never retried automatically: a lost answer is resolved by logging in.
   */
  register(argument: _quayside_auth_v1_RegisterRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_RegisterResponse__Output>): grpc.ClientUnaryCall;
  register(argument: _quayside_auth_v1_RegisterRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_auth_v1_RegisterResponse__Output>): grpc.ClientUnaryCall;
  register(argument: _quayside_auth_v1_RegisterRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_RegisterResponse__Output>): grpc.ClientUnaryCall;
  register(argument: _quayside_auth_v1_RegisterRequest, callback: grpc.requestCallback<_quayside_auth_v1_RegisterResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * RequestPasswordReset has a single-use token sent to an e-mail address, if somebody has registered with it.
   * The answer does not tell whether.
   */
  RequestPasswordReset(argument: _quayside_auth_v1_RequestPasswordResetRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_RequestPasswordResetResponse__Output>): grpc.ClientUnaryCall;
  RequestPasswordReset(argument: _quayside_auth_v1_RequestPasswordResetRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_auth_v1_RequestPasswordResetResponse__Output>): grpc.ClientUnaryCall;
  RequestPasswordReset(argument: _quayside_auth_v1_RequestPasswordResetRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_RequestPasswordResetResponse__Output>): grpc.ClientUnaryCall;
  RequestPasswordReset(argument: _quayside_auth_v1_RequestPasswordResetRequest, callback: grpc.requestCallback<_quayside_auth_v1_RequestPasswordResetResponse__Output>): grpc.ClientUnaryCall;
  /**
   * RequestPasswordReset has a single-use token sent to an e-mail address, if somebody has registered with it.
   * The answer does not tell whether.
   */
  requestPasswordReset(argument: _quayside_auth_v1_RequestPasswordResetRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_RequestPasswordResetResponse__Output>): grpc.ClientUnaryCall;
  requestPasswordReset(argument: _quayside_auth_v1_RequestPasswordResetRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_auth_v1_RequestPasswordResetResponse__Output>): grpc.ClientUnaryCall;
  requestPasswordReset(argument: _quayside_auth_v1_RequestPasswordResetRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_RequestPasswordResetResponse__Output>): grpc.ClientUnaryCall;
  requestPasswordReset(argument: _quayside_auth_v1_RequestPasswordResetRequest, callback: grpc.requestCallback<_quayside_auth_v1_RequestPasswordResetResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * RevokeApiKey makes one of the caller's keys worthless. NOT_FOUND when it is not theirs or is so already.
   */
  RevokeApiKey(argument: _quayside_auth_v1_RevokeApiKeyRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_RevokeApiKeyResponse__Output>): grpc.ClientUnaryCall;
  RevokeApiKey(argument: _quayside_auth_v1_RevokeApiKeyRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_auth_v1_RevokeApiKeyResponse__Output>): grpc.ClientUnaryCall;
  RevokeApiKey(argument: _quayside_auth_v1_RevokeApiKeyRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_RevokeApiKeyResponse__Output>): grpc.ClientUnaryCall;
  RevokeApiKey(argument: _quayside_auth_v1_RevokeApiKeyRequest, callback: grpc.requestCallback<_quayside_auth_v1_RevokeApiKeyResponse__Output>): grpc.ClientUnaryCall;
  /**
   * RevokeApiKey makes one of the caller's keys worthless. NOT_FOUND when it is not theirs or is so already.
   */
  revokeApiKey(argument: _quayside_auth_v1_RevokeApiKeyRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_RevokeApiKeyResponse__Output>): grpc.ClientUnaryCall;
  revokeApiKey(argument: _quayside_auth_v1_RevokeApiKeyRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_auth_v1_RevokeApiKeyResponse__Output>): grpc.ClientUnaryCall;
  revokeApiKey(argument: _quayside_auth_v1_RevokeApiKeyRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_RevokeApiKeyResponse__Output>): grpc.ClientUnaryCall;
  revokeApiKey(argument: _quayside_auth_v1_RevokeApiKeyRequest, callback: grpc.requestCallback<_quayside_auth_v1_RevokeApiKeyResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * StepUp gives an access token that says that the second factor has been given just now.
   */
  StepUp(argument: _quayside_auth_v1_StepUpRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_StepUpResponse__Output>): grpc.ClientUnaryCall;
  StepUp(argument: _quayside_auth_v1_StepUpRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_auth_v1_StepUpResponse__Output>): grpc.ClientUnaryCall;
  StepUp(argument: _quayside_auth_v1_StepUpRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_StepUpResponse__Output>): grpc.ClientUnaryCall;
  StepUp(argument: _quayside_auth_v1_StepUpRequest, callback: grpc.requestCallback<_quayside_auth_v1_StepUpResponse__Output>): grpc.ClientUnaryCall;
  /**
   * StepUp gives an access token that says that the second factor has been given just now.
   */
  stepUp(argument: _quayside_auth_v1_StepUpRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_StepUpResponse__Output>): grpc.ClientUnaryCall;
  stepUp(argument: _quayside_auth_v1_StepUpRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_auth_v1_StepUpResponse__Output>): grpc.ClientUnaryCall;
  stepUp(argument: _quayside_auth_v1_StepUpRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_StepUpResponse__Output>): grpc.ClientUnaryCall;
  stepUp(argument: _quayside_auth_v1_StepUpRequest, callback: grpc.requestCallback<_quayside_auth_v1_StepUpResponse__Output>): grpc.ClientUnaryCall;
  
}

/**
 * AuthService owns every identity: who may sign in, and the tokens that prove it.
 */
export interface AuthServiceHandlers extends grpc.UntypedServiceImplementation {
  /**
   * ChangePassword gives the caller another password and ends all of their other sessions and every
   * API key.
   * PERMISSION_DENIED when the current password is wrong.
   */
  ChangePassword: grpc.handleUnaryCall<_quayside_auth_v1_ChangePasswordRequest__Output, _quayside_auth_v1_ChangePasswordResponse>;
  
  /**
   * CheckRecentSignIn says whether the caller has signed in, not merely refreshed, a short while ago; for what must not be
   * done by who merely found a device unlocked.
   */
  CheckRecentSignIn: grpc.handleUnaryCall<_quayside_auth_v1_CheckRecentSignInRequest__Output, _quayside_auth_v1_CheckRecentSignInResponse>;
  
  /**
   * ConfirmPasswordReset sets a new password by a token that was sent and ends every session and API key.
   * FAILED_PRECONDITION when the token is unknown, used or older than 30 minutes.
   */
  ConfirmPasswordReset: grpc.handleUnaryCall<_quayside_auth_v1_ConfirmPasswordResetRequest__Output, _quayside_auth_v1_ConfirmPasswordResetResponse>;
  
  /**
   * ConfirmSecondFactor proves that the secret has arrived, and makes recovery codes.
   */
  ConfirmSecondFactor: grpc.handleUnaryCall<_quayside_auth_v1_ConfirmSecondFactorRequest__Output, _quayside_auth_v1_ConfirmSecondFactorResponse>;
  
  /**
   * CreateApiKey makes a key by which a machine acts for the caller, with some of the caller's scopes.
   * UNAUTHENTICATED, `step_up_required`, when the caller has a second factor and has not just given it. Without
   * one, PERMISSION_DENIED when the password is wrong.
   */
  CreateApiKey: grpc.handleUnaryCall<_quayside_auth_v1_CreateApiKeyRequest__Output, _quayside_auth_v1_CreateApiKeyResponse>;
  
  /**
   * DisableSecondFactor removes the second factor. UNAUTHENTICATED, `step_up_required`, unless it has just been given.
   */
  DisableSecondFactor: grpc.handleUnaryCall<_quayside_auth_v1_DisableSecondFactorRequest__Output, _quayside_auth_v1_DisableSecondFactorResponse>;
  
  /**
   * EndSession ends one of the caller's sessions. NOT_FOUND when it is not theirs or over already.
   */
  EndSession: grpc.handleUnaryCall<_quayside_auth_v1_EndSessionRequest__Output, _quayside_auth_v1_EndSessionResponse>;
  
  /**
   * EndSessionsOf ends all sessions of any user and revokes all their API keys, for operators. Their access tokens end
   * with them.
   */
  EndSessionsOf: grpc.handleUnaryCall<_quayside_auth_v1_EndSessionsOfRequest__Output, _quayside_auth_v1_EndSessionsOfResponse>;
  
  /**
   * EnrolSecondFactor makes a secret for one-time passwords (RFC 6238), which counts once it is confirmed.
   * ALREADY_EXISTS when the caller has a second factor.
   */
  EnrolSecondFactor: grpc.handleUnaryCall<_quayside_auth_v1_EnrolSecondFactorRequest__Output, _quayside_auth_v1_EnrolSecondFactorResponse>;
  
  /**
   * ExchangeApiKey gives an access token for an API key. UNAUTHENTICATED when the key does not work.
   */
  ExchangeApiKey: grpc.handleUnaryCall<_quayside_auth_v1_ExchangeApiKeyRequest__Output, _quayside_auth_v1_ExchangeApiKeyResponse>;
  
  /**
   * FindIdentity returns an identity by its user id or e-mail address, for operators.
   */
  FindIdentity: grpc.handleUnaryCall<_quayside_auth_v1_FindIdentityRequest__Output, _quayside_auth_v1_FindIdentityResponse>;
  
  /**
   * GetJwks returns the public keys that verify access tokens (RFC 7517).
   */
  GetJwks: grpc.handleUnaryCall<_quayside_auth_v1_GetJwksRequest__Output, _quayside_auth_v1_GetJwksResponse>;
  
  /**
   * GetSecondFactor says whether the caller has a second factor.
   */
  GetSecondFactor: grpc.handleUnaryCall<_quayside_auth_v1_GetSecondFactorRequest__Output, _quayside_auth_v1_GetSecondFactorResponse>;
  
  /**
   * ListApiKeys returns the caller's keys that work, the newest first; not their secrets.
   */
  ListApiKeys: grpc.handleUnaryCall<_quayside_auth_v1_ListApiKeysRequest__Output, _quayside_auth_v1_ListApiKeysResponse>;
  
  /**
   * ListSessions returns the caller's living sessions, the one used last first.
   */
  ListSessions: grpc.handleUnaryCall<_quayside_auth_v1_ListSessionsRequest__Output, _quayside_auth_v1_ListSessionsResponse>;
  
  /**
   * ListSessionsOf returns the sessions of any user, for operators.
   */
  ListSessionsOf: grpc.handleUnaryCall<_quayside_auth_v1_ListSessionsOfRequest__Output, _quayside_auth_v1_ListSessionsOfResponse>;
  
  /**
   * Login starts a session. UNAUTHENTICATED for an unknown e-mail and for a wrong password alike.
   */
  Login: grpc.handleUnaryCall<_quayside_auth_v1_LoginRequest__Output, _quayside_auth_v1_LoginResponse>;
  
  /**
   * Logout ends the session that the refresh token belongs to. Unknown tokens are not an error.
   */
  Logout: grpc.handleUnaryCall<_quayside_auth_v1_LogoutRequest__Output, _quayside_auth_v1_LogoutResponse>;
  
  /**
   * Refresh exchanges a refresh token, once, for a new pair of tokens. Never retried automatically.
   */
  Refresh: grpc.handleUnaryCall<_quayside_auth_v1_RefreshRequest__Output, _quayside_auth_v1_RefreshResponse>;
  
  /**
   * Register makes an identity and its first session. ALREADY_EXISTS when the e-mail is taken.
   * Never retried automatically: a lost answer is resolved by logging in.
   */
  Register: grpc.handleUnaryCall<_quayside_auth_v1_RegisterRequest__Output, _quayside_auth_v1_RegisterResponse>;
  
  /**
   * RequestPasswordReset has a single-use token sent to an e-mail address, if somebody has registered with it.
   * The answer does not tell whether.
   */
  RequestPasswordReset: grpc.handleUnaryCall<_quayside_auth_v1_RequestPasswordResetRequest__Output, _quayside_auth_v1_RequestPasswordResetResponse>;
  
  /**
   * RevokeApiKey makes one of the caller's keys worthless. NOT_FOUND when it is not theirs or is so already.
   */
  RevokeApiKey: grpc.handleUnaryCall<_quayside_auth_v1_RevokeApiKeyRequest__Output, _quayside_auth_v1_RevokeApiKeyResponse>;
  
  /**
   * StepUp gives an access token that says that the second factor has been given just now.
   */
  StepUp: grpc.handleUnaryCall<_quayside_auth_v1_StepUpRequest__Output, _quayside_auth_v1_StepUpResponse>;
  
}

export interface AuthServiceDefinition extends grpc.ServiceDefinition {
  ChangePassword: MethodDefinition<_quayside_auth_v1_ChangePasswordRequest, _quayside_auth_v1_ChangePasswordResponse, _quayside_auth_v1_ChangePasswordRequest__Output, _quayside_auth_v1_ChangePasswordResponse__Output>
  CheckRecentSignIn: MethodDefinition<_quayside_auth_v1_CheckRecentSignInRequest, _quayside_auth_v1_CheckRecentSignInResponse, _quayside_auth_v1_CheckRecentSignInRequest__Output, _quayside_auth_v1_CheckRecentSignInResponse__Output>
  ConfirmPasswordReset: MethodDefinition<_quayside_auth_v1_ConfirmPasswordResetRequest, _quayside_auth_v1_ConfirmPasswordResetResponse, _quayside_auth_v1_ConfirmPasswordResetRequest__Output, _quayside_auth_v1_ConfirmPasswordResetResponse__Output>
  ConfirmSecondFactor: MethodDefinition<_quayside_auth_v1_ConfirmSecondFactorRequest, _quayside_auth_v1_ConfirmSecondFactorResponse, _quayside_auth_v1_ConfirmSecondFactorRequest__Output, _quayside_auth_v1_ConfirmSecondFactorResponse__Output>
  CreateApiKey: MethodDefinition<_quayside_auth_v1_CreateApiKeyRequest, _quayside_auth_v1_CreateApiKeyResponse, _quayside_auth_v1_CreateApiKeyRequest__Output, _quayside_auth_v1_CreateApiKeyResponse__Output>
  DisableSecondFactor: MethodDefinition<_quayside_auth_v1_DisableSecondFactorRequest, _quayside_auth_v1_DisableSecondFactorResponse, _quayside_auth_v1_DisableSecondFactorRequest__Output, _quayside_auth_v1_DisableSecondFactorResponse__Output>
  EndSession: MethodDefinition<_quayside_auth_v1_EndSessionRequest, _quayside_auth_v1_EndSessionResponse, _quayside_auth_v1_EndSessionRequest__Output, _quayside_auth_v1_EndSessionResponse__Output>
  EndSessionsOf: MethodDefinition<_quayside_auth_v1_EndSessionsOfRequest, _quayside_auth_v1_EndSessionsOfResponse, _quayside_auth_v1_EndSessionsOfRequest__Output, _quayside_auth_v1_EndSessionsOfResponse__Output>
  EnrolSecondFactor: MethodDefinition<_quayside_auth_v1_EnrolSecondFactorRequest, _quayside_auth_v1_EnrolSecondFactorResponse, _quayside_auth_v1_EnrolSecondFactorRequest__Output, _quayside_auth_v1_EnrolSecondFactorResponse__Output>
  ExchangeApiKey: MethodDefinition<_quayside_auth_v1_ExchangeApiKeyRequest, _quayside_auth_v1_ExchangeApiKeyResponse, _quayside_auth_v1_ExchangeApiKeyRequest__Output, _quayside_auth_v1_ExchangeApiKeyResponse__Output>
  FindIdentity: MethodDefinition<_quayside_auth_v1_FindIdentityRequest, _quayside_auth_v1_FindIdentityResponse, _quayside_auth_v1_FindIdentityRequest__Output, _quayside_auth_v1_FindIdentityResponse__Output>
  GetJwks: MethodDefinition<_quayside_auth_v1_GetJwksRequest, _quayside_auth_v1_GetJwksResponse, _quayside_auth_v1_GetJwksRequest__Output, _quayside_auth_v1_GetJwksResponse__Output>
  GetSecondFactor: MethodDefinition<_quayside_auth_v1_GetSecondFactorRequest, _quayside_auth_v1_GetSecondFactorResponse, _quayside_auth_v1_GetSecondFactorRequest__Output, _quayside_auth_v1_GetSecondFactorResponse__Output>
  ListApiKeys: MethodDefinition<_quayside_auth_v1_ListApiKeysRequest, _quayside_auth_v1_ListApiKeysResponse, _quayside_auth_v1_ListApiKeysRequest__Output, _quayside_auth_v1_ListApiKeysResponse__Output>
  ListSessions: MethodDefinition<_quayside_auth_v1_ListSessionsRequest, _quayside_auth_v1_ListSessionsResponse, _quayside_auth_v1_ListSessionsRequest__Output, _quayside_auth_v1_ListSessionsResponse__Output>
  ListSessionsOf: MethodDefinition<_quayside_auth_v1_ListSessionsOfRequest, _quayside_auth_v1_ListSessionsOfResponse, _quayside_auth_v1_ListSessionsOfRequest__Output, _quayside_auth_v1_ListSessionsOfResponse__Output>
  Login: MethodDefinition<_quayside_auth_v1_LoginRequest, _quayside_auth_v1_LoginResponse, _quayside_auth_v1_LoginRequest__Output, _quayside_auth_v1_LoginResponse__Output>
  Logout: MethodDefinition<_quayside_auth_v1_LogoutRequest, _quayside_auth_v1_LogoutResponse, _quayside_auth_v1_LogoutRequest__Output, _quayside_auth_v1_LogoutResponse__Output>
  Refresh: MethodDefinition<_quayside_auth_v1_RefreshRequest, _quayside_auth_v1_RefreshResponse, _quayside_auth_v1_RefreshRequest__Output, _quayside_auth_v1_RefreshResponse__Output>
  Register: MethodDefinition<_quayside_auth_v1_RegisterRequest, _quayside_auth_v1_RegisterResponse, _quayside_auth_v1_RegisterRequest__Output, _quayside_auth_v1_RegisterResponse__Output>
  RequestPasswordReset: MethodDefinition<_quayside_auth_v1_RequestPasswordResetRequest, _quayside_auth_v1_RequestPasswordResetResponse, _quayside_auth_v1_RequestPasswordResetRequest__Output, _quayside_auth_v1_RequestPasswordResetResponse__Output>
  RevokeApiKey: MethodDefinition<_quayside_auth_v1_RevokeApiKeyRequest, _quayside_auth_v1_RevokeApiKeyResponse, _quayside_auth_v1_RevokeApiKeyRequest__Output, _quayside_auth_v1_RevokeApiKeyResponse__Output>
  StepUp: MethodDefinition<_quayside_auth_v1_StepUpRequest, _quayside_auth_v1_StepUpResponse, _quayside_auth_v1_StepUpRequest__Output, _quayside_auth_v1_StepUpResponse__Output>
}
