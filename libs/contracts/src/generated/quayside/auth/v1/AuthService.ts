// Original file: protos/quayside/auth/v1/auth.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { ChangePasswordRequest as _quayside_auth_v1_ChangePasswordRequest, ChangePasswordRequest__Output as _quayside_auth_v1_ChangePasswordRequest__Output } from '../../../quayside/auth/v1/ChangePasswordRequest';
import type { ChangePasswordResponse as _quayside_auth_v1_ChangePasswordResponse, ChangePasswordResponse__Output as _quayside_auth_v1_ChangePasswordResponse__Output } from '../../../quayside/auth/v1/ChangePasswordResponse';
import type { ConfirmPasswordResetRequest as _quayside_auth_v1_ConfirmPasswordResetRequest, ConfirmPasswordResetRequest__Output as _quayside_auth_v1_ConfirmPasswordResetRequest__Output } from '../../../quayside/auth/v1/ConfirmPasswordResetRequest';
import type { ConfirmPasswordResetResponse as _quayside_auth_v1_ConfirmPasswordResetResponse, ConfirmPasswordResetResponse__Output as _quayside_auth_v1_ConfirmPasswordResetResponse__Output } from '../../../quayside/auth/v1/ConfirmPasswordResetResponse';
import type { EndSessionRequest as _quayside_auth_v1_EndSessionRequest, EndSessionRequest__Output as _quayside_auth_v1_EndSessionRequest__Output } from '../../../quayside/auth/v1/EndSessionRequest';
import type { EndSessionResponse as _quayside_auth_v1_EndSessionResponse, EndSessionResponse__Output as _quayside_auth_v1_EndSessionResponse__Output } from '../../../quayside/auth/v1/EndSessionResponse';
import type { GetJwksRequest as _quayside_auth_v1_GetJwksRequest, GetJwksRequest__Output as _quayside_auth_v1_GetJwksRequest__Output } from '../../../quayside/auth/v1/GetJwksRequest';
import type { GetJwksResponse as _quayside_auth_v1_GetJwksResponse, GetJwksResponse__Output as _quayside_auth_v1_GetJwksResponse__Output } from '../../../quayside/auth/v1/GetJwksResponse';
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

/**
 * AuthService owns every identity: who may sign in, and the tokens that prove it.
 */
export interface AuthServiceClient extends grpc.Client {
  /**
   * ChangePassword gives the caller another password and ends all of their other sessions.
   * PERMISSION_DENIED when the current password is wrong.
   */
  ChangePassword(argument: _quayside_auth_v1_ChangePasswordRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_ChangePasswordResponse__Output>): grpc.ClientUnaryCall;
  ChangePassword(argument: _quayside_auth_v1_ChangePasswordRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_auth_v1_ChangePasswordResponse__Output>): grpc.ClientUnaryCall;
  ChangePassword(argument: _quayside_auth_v1_ChangePasswordRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_ChangePasswordResponse__Output>): grpc.ClientUnaryCall;
  ChangePassword(argument: _quayside_auth_v1_ChangePasswordRequest, callback: grpc.requestCallback<_quayside_auth_v1_ChangePasswordResponse__Output>): grpc.ClientUnaryCall;
  /**
   * ChangePassword gives the caller another password and ends all of their other sessions.
   * PERMISSION_DENIED when the current password is wrong.
   */
  changePassword(argument: _quayside_auth_v1_ChangePasswordRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_ChangePasswordResponse__Output>): grpc.ClientUnaryCall;
  changePassword(argument: _quayside_auth_v1_ChangePasswordRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_auth_v1_ChangePasswordResponse__Output>): grpc.ClientUnaryCall;
  changePassword(argument: _quayside_auth_v1_ChangePasswordRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_ChangePasswordResponse__Output>): grpc.ClientUnaryCall;
  changePassword(argument: _quayside_auth_v1_ChangePasswordRequest, callback: grpc.requestCallback<_quayside_auth_v1_ChangePasswordResponse__Output>): grpc.ClientUnaryCall;
  
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
  
}

/**
 * AuthService owns every identity: who may sign in, and the tokens that prove it.
 */
export interface AuthServiceHandlers extends grpc.UntypedServiceImplementation {
  /**
   * ChangePassword gives the caller another password and ends all of their other sessions.
   * PERMISSION_DENIED when the current password is wrong.
   */
  ChangePassword: grpc.handleUnaryCall<_quayside_auth_v1_ChangePasswordRequest__Output, _quayside_auth_v1_ChangePasswordResponse>;
  
  /**
   * ConfirmPasswordReset sets a new password by a token that was sent and ends every session and API key.
   * FAILED_PRECONDITION when the token is unknown, used or older than 30 minutes.
   */
  ConfirmPasswordReset: grpc.handleUnaryCall<_quayside_auth_v1_ConfirmPasswordResetRequest__Output, _quayside_auth_v1_ConfirmPasswordResetResponse>;
  
  /**
   * EndSession ends one of the caller's sessions. NOT_FOUND when it is not theirs or over already.
   */
  EndSession: grpc.handleUnaryCall<_quayside_auth_v1_EndSessionRequest__Output, _quayside_auth_v1_EndSessionResponse>;
  
  /**
   * GetJwks returns the public keys that verify access tokens (RFC 7517).
   */
  GetJwks: grpc.handleUnaryCall<_quayside_auth_v1_GetJwksRequest__Output, _quayside_auth_v1_GetJwksResponse>;
  
  /**
   * ListSessions returns the caller's living sessions, the one used last first.
   */
  ListSessions: grpc.handleUnaryCall<_quayside_auth_v1_ListSessionsRequest__Output, _quayside_auth_v1_ListSessionsResponse>;
  
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
  
}

export interface AuthServiceDefinition extends grpc.ServiceDefinition {
  ChangePassword: MethodDefinition<_quayside_auth_v1_ChangePasswordRequest, _quayside_auth_v1_ChangePasswordResponse, _quayside_auth_v1_ChangePasswordRequest__Output, _quayside_auth_v1_ChangePasswordResponse__Output>
  ConfirmPasswordReset: MethodDefinition<_quayside_auth_v1_ConfirmPasswordResetRequest, _quayside_auth_v1_ConfirmPasswordResetResponse, _quayside_auth_v1_ConfirmPasswordResetRequest__Output, _quayside_auth_v1_ConfirmPasswordResetResponse__Output>
  EndSession: MethodDefinition<_quayside_auth_v1_EndSessionRequest, _quayside_auth_v1_EndSessionResponse, _quayside_auth_v1_EndSessionRequest__Output, _quayside_auth_v1_EndSessionResponse__Output>
  GetJwks: MethodDefinition<_quayside_auth_v1_GetJwksRequest, _quayside_auth_v1_GetJwksResponse, _quayside_auth_v1_GetJwksRequest__Output, _quayside_auth_v1_GetJwksResponse__Output>
  ListSessions: MethodDefinition<_quayside_auth_v1_ListSessionsRequest, _quayside_auth_v1_ListSessionsResponse, _quayside_auth_v1_ListSessionsRequest__Output, _quayside_auth_v1_ListSessionsResponse__Output>
  Login: MethodDefinition<_quayside_auth_v1_LoginRequest, _quayside_auth_v1_LoginResponse, _quayside_auth_v1_LoginRequest__Output, _quayside_auth_v1_LoginResponse__Output>
  Logout: MethodDefinition<_quayside_auth_v1_LogoutRequest, _quayside_auth_v1_LogoutResponse, _quayside_auth_v1_LogoutRequest__Output, _quayside_auth_v1_LogoutResponse__Output>
  Refresh: MethodDefinition<_quayside_auth_v1_RefreshRequest, _quayside_auth_v1_RefreshResponse, _quayside_auth_v1_RefreshRequest__Output, _quayside_auth_v1_RefreshResponse__Output>
  Register: MethodDefinition<_quayside_auth_v1_RegisterRequest, _quayside_auth_v1_RegisterResponse, _quayside_auth_v1_RegisterRequest__Output, _quayside_auth_v1_RegisterResponse__Output>
  RequestPasswordReset: MethodDefinition<_quayside_auth_v1_RequestPasswordResetRequest, _quayside_auth_v1_RequestPasswordResetResponse, _quayside_auth_v1_RequestPasswordResetRequest__Output, _quayside_auth_v1_RequestPasswordResetResponse__Output>
}
