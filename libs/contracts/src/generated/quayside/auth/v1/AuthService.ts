// Original file: protos/quayside/auth/v1/auth.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { CheckRecentSignInRequest as _quayside_auth_v1_CheckRecentSignInRequest, CheckRecentSignInRequest__Output as _quayside_auth_v1_CheckRecentSignInRequest__Output } from '../../../quayside/auth/v1/CheckRecentSignInRequest';
import type { CheckRecentSignInResponse as _quayside_auth_v1_CheckRecentSignInResponse, CheckRecentSignInResponse__Output as _quayside_auth_v1_CheckRecentSignInResponse__Output } from '../../../quayside/auth/v1/CheckRecentSignInResponse';
import type { EndSessionsOfRequest as _quayside_auth_v1_EndSessionsOfRequest, EndSessionsOfRequest__Output as _quayside_auth_v1_EndSessionsOfRequest__Output } from '../../../quayside/auth/v1/EndSessionsOfRequest';
import type { EndSessionsOfResponse as _quayside_auth_v1_EndSessionsOfResponse, EndSessionsOfResponse__Output as _quayside_auth_v1_EndSessionsOfResponse__Output } from '../../../quayside/auth/v1/EndSessionsOfResponse';
import type { FindIdentityRequest as _quayside_auth_v1_FindIdentityRequest, FindIdentityRequest__Output as _quayside_auth_v1_FindIdentityRequest__Output } from '../../../quayside/auth/v1/FindIdentityRequest';
import type { FindIdentityResponse as _quayside_auth_v1_FindIdentityResponse, FindIdentityResponse__Output as _quayside_auth_v1_FindIdentityResponse__Output } from '../../../quayside/auth/v1/FindIdentityResponse';
import type { GetJwksRequest as _quayside_auth_v1_GetJwksRequest, GetJwksRequest__Output as _quayside_auth_v1_GetJwksRequest__Output } from '../../../quayside/auth/v1/GetJwksRequest';
import type { GetJwksResponse as _quayside_auth_v1_GetJwksResponse, GetJwksResponse__Output as _quayside_auth_v1_GetJwksResponse__Output } from '../../../quayside/auth/v1/GetJwksResponse';
import type { ListSessionsOfRequest as _quayside_auth_v1_ListSessionsOfRequest, ListSessionsOfRequest__Output as _quayside_auth_v1_ListSessionsOfRequest__Output } from '../../../quayside/auth/v1/ListSessionsOfRequest';
import type { ListSessionsOfResponse as _quayside_auth_v1_ListSessionsOfResponse, ListSessionsOfResponse__Output as _quayside_auth_v1_ListSessionsOfResponse__Output } from '../../../quayside/auth/v1/ListSessionsOfResponse';
import type { LoginRequest as _quayside_auth_v1_LoginRequest, LoginRequest__Output as _quayside_auth_v1_LoginRequest__Output } from '../../../quayside/auth/v1/LoginRequest';
import type { LoginResponse as _quayside_auth_v1_LoginResponse, LoginResponse__Output as _quayside_auth_v1_LoginResponse__Output } from '../../../quayside/auth/v1/LoginResponse';
import type { LogoutRequest as _quayside_auth_v1_LogoutRequest, LogoutRequest__Output as _quayside_auth_v1_LogoutRequest__Output } from '../../../quayside/auth/v1/LogoutRequest';
import type { LogoutResponse as _quayside_auth_v1_LogoutResponse, LogoutResponse__Output as _quayside_auth_v1_LogoutResponse__Output } from '../../../quayside/auth/v1/LogoutResponse';
import type { RefreshRequest as _quayside_auth_v1_RefreshRequest, RefreshRequest__Output as _quayside_auth_v1_RefreshRequest__Output } from '../../../quayside/auth/v1/RefreshRequest';
import type { RefreshResponse as _quayside_auth_v1_RefreshResponse, RefreshResponse__Output as _quayside_auth_v1_RefreshResponse__Output } from '../../../quayside/auth/v1/RefreshResponse';
import type { RegisterRequest as _quayside_auth_v1_RegisterRequest, RegisterRequest__Output as _quayside_auth_v1_RegisterRequest__Output } from '../../../quayside/auth/v1/RegisterRequest';
import type { RegisterResponse as _quayside_auth_v1_RegisterResponse, RegisterResponse__Output as _quayside_auth_v1_RegisterResponse__Output } from '../../../quayside/auth/v1/RegisterResponse';

/**
 * AuthService owns every identity: who may sign in, and the tokens that prove it.
 */
export interface AuthServiceClient extends grpc.Client {
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
   * EndSessionsOf ends all sessions of any user, for operators. Their access tokens end with them.
   */
  EndSessionsOf(argument: _quayside_auth_v1_EndSessionsOfRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_EndSessionsOfResponse__Output>): grpc.ClientUnaryCall;
  EndSessionsOf(argument: _quayside_auth_v1_EndSessionsOfRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_auth_v1_EndSessionsOfResponse__Output>): grpc.ClientUnaryCall;
  EndSessionsOf(argument: _quayside_auth_v1_EndSessionsOfRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_EndSessionsOfResponse__Output>): grpc.ClientUnaryCall;
  EndSessionsOf(argument: _quayside_auth_v1_EndSessionsOfRequest, callback: grpc.requestCallback<_quayside_auth_v1_EndSessionsOfResponse__Output>): grpc.ClientUnaryCall;
  /**
   * EndSessionsOf ends all sessions of any user, for operators. Their access tokens end with them.
   */
  endSessionsOf(argument: _quayside_auth_v1_EndSessionsOfRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_EndSessionsOfResponse__Output>): grpc.ClientUnaryCall;
  endSessionsOf(argument: _quayside_auth_v1_EndSessionsOfRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_auth_v1_EndSessionsOfResponse__Output>): grpc.ClientUnaryCall;
  endSessionsOf(argument: _quayside_auth_v1_EndSessionsOfRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_auth_v1_EndSessionsOfResponse__Output>): grpc.ClientUnaryCall;
  endSessionsOf(argument: _quayside_auth_v1_EndSessionsOfRequest, callback: grpc.requestCallback<_quayside_auth_v1_EndSessionsOfResponse__Output>): grpc.ClientUnaryCall;
  
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
  
}

/**
 * AuthService owns every identity: who may sign in, and the tokens that prove it.
 */
export interface AuthServiceHandlers extends grpc.UntypedServiceImplementation {
  /**
   * CheckRecentSignIn says whether the caller has signed in, not merely refreshed, a short while ago; for what must not be
   * done by who merely found a device unlocked.
   */
  CheckRecentSignIn: grpc.handleUnaryCall<_quayside_auth_v1_CheckRecentSignInRequest__Output, _quayside_auth_v1_CheckRecentSignInResponse>;
  
  /**
   * EndSessionsOf ends all sessions of any user, for operators. Their access tokens end with them.
   */
  EndSessionsOf: grpc.handleUnaryCall<_quayside_auth_v1_EndSessionsOfRequest__Output, _quayside_auth_v1_EndSessionsOfResponse>;
  
  /**
   * FindIdentity returns an identity by its user id or e-mail address, for operators.
   */
  FindIdentity: grpc.handleUnaryCall<_quayside_auth_v1_FindIdentityRequest__Output, _quayside_auth_v1_FindIdentityResponse>;
  
  /**
   * GetJwks returns the public keys that verify access tokens (RFC 7517).
   */
  GetJwks: grpc.handleUnaryCall<_quayside_auth_v1_GetJwksRequest__Output, _quayside_auth_v1_GetJwksResponse>;
  
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
  
}

export interface AuthServiceDefinition extends grpc.ServiceDefinition {
  CheckRecentSignIn: MethodDefinition<_quayside_auth_v1_CheckRecentSignInRequest, _quayside_auth_v1_CheckRecentSignInResponse, _quayside_auth_v1_CheckRecentSignInRequest__Output, _quayside_auth_v1_CheckRecentSignInResponse__Output>
  EndSessionsOf: MethodDefinition<_quayside_auth_v1_EndSessionsOfRequest, _quayside_auth_v1_EndSessionsOfResponse, _quayside_auth_v1_EndSessionsOfRequest__Output, _quayside_auth_v1_EndSessionsOfResponse__Output>
  FindIdentity: MethodDefinition<_quayside_auth_v1_FindIdentityRequest, _quayside_auth_v1_FindIdentityResponse, _quayside_auth_v1_FindIdentityRequest__Output, _quayside_auth_v1_FindIdentityResponse__Output>
  GetJwks: MethodDefinition<_quayside_auth_v1_GetJwksRequest, _quayside_auth_v1_GetJwksResponse, _quayside_auth_v1_GetJwksRequest__Output, _quayside_auth_v1_GetJwksResponse__Output>
  ListSessionsOf: MethodDefinition<_quayside_auth_v1_ListSessionsOfRequest, _quayside_auth_v1_ListSessionsOfResponse, _quayside_auth_v1_ListSessionsOfRequest__Output, _quayside_auth_v1_ListSessionsOfResponse__Output>
  Login: MethodDefinition<_quayside_auth_v1_LoginRequest, _quayside_auth_v1_LoginResponse, _quayside_auth_v1_LoginRequest__Output, _quayside_auth_v1_LoginResponse__Output>
  Logout: MethodDefinition<_quayside_auth_v1_LogoutRequest, _quayside_auth_v1_LogoutResponse, _quayside_auth_v1_LogoutRequest__Output, _quayside_auth_v1_LogoutResponse__Output>
  Refresh: MethodDefinition<_quayside_auth_v1_RefreshRequest, _quayside_auth_v1_RefreshResponse, _quayside_auth_v1_RefreshRequest__Output, _quayside_auth_v1_RefreshResponse__Output>
  Register: MethodDefinition<_quayside_auth_v1_RegisterRequest, _quayside_auth_v1_RegisterResponse, _quayside_auth_v1_RegisterRequest__Output, _quayside_auth_v1_RegisterResponse__Output>
}
