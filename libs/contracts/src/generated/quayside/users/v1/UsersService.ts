// Original file: protos/quayside/users/v1/users.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { FindByHandleRequest as _quayside_users_v1_FindByHandleRequest, FindByHandleRequest__Output as _quayside_users_v1_FindByHandleRequest__Output } from '../../../quayside/users/v1/FindByHandleRequest';
import type { FindByHandleResponse as _quayside_users_v1_FindByHandleResponse, FindByHandleResponse__Output as _quayside_users_v1_FindByHandleResponse__Output } from '../../../quayside/users/v1/FindByHandleResponse';
import type { FindUserRequest as _quayside_users_v1_FindUserRequest, FindUserRequest__Output as _quayside_users_v1_FindUserRequest__Output } from '../../../quayside/users/v1/FindUserRequest';
import type { FindUserResponse as _quayside_users_v1_FindUserResponse, FindUserResponse__Output as _quayside_users_v1_FindUserResponse__Output } from '../../../quayside/users/v1/FindUserResponse';
import type { GetProfileRequest as _quayside_users_v1_GetProfileRequest, GetProfileRequest__Output as _quayside_users_v1_GetProfileRequest__Output } from '../../../quayside/users/v1/GetProfileRequest';
import type { GetProfileResponse as _quayside_users_v1_GetProfileResponse, GetProfileResponse__Output as _quayside_users_v1_GetProfileResponse__Output } from '../../../quayside/users/v1/GetProfileResponse';
import type { ReleaseHandleRequest as _quayside_users_v1_ReleaseHandleRequest, ReleaseHandleRequest__Output as _quayside_users_v1_ReleaseHandleRequest__Output } from '../../../quayside/users/v1/ReleaseHandleRequest';
import type { ReleaseHandleResponse as _quayside_users_v1_ReleaseHandleResponse, ReleaseHandleResponse__Output as _quayside_users_v1_ReleaseHandleResponse__Output } from '../../../quayside/users/v1/ReleaseHandleResponse';
import type { ReserveHandleRequest as _quayside_users_v1_ReserveHandleRequest, ReserveHandleRequest__Output as _quayside_users_v1_ReserveHandleRequest__Output } from '../../../quayside/users/v1/ReserveHandleRequest';
import type { ReserveHandleResponse as _quayside_users_v1_ReserveHandleResponse, ReserveHandleResponse__Output as _quayside_users_v1_ReserveHandleResponse__Output } from '../../../quayside/users/v1/ReserveHandleResponse';
import type { UpdateProfileRequest as _quayside_users_v1_UpdateProfileRequest, UpdateProfileRequest__Output as _quayside_users_v1_UpdateProfileRequest__Output } from '../../../quayside/users/v1/UpdateProfileRequest';
import type { UpdateProfileResponse as _quayside_users_v1_UpdateProfileResponse, UpdateProfileResponse__Output as _quayside_users_v1_UpdateProfileResponse__Output } from '../../../quayside/users/v1/UpdateProfileResponse';

/**
 * UsersService owns profiles and the unique, never reused handles by which people find each other.
 */
export interface UsersServiceClient extends grpc.Client {
  /**
   * FindByHandle returns what a payer may see of a payee.
   */
  FindByHandle(argument: _quayside_users_v1_FindByHandleRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_users_v1_FindByHandleResponse__Output>): grpc.ClientUnaryCall;
  FindByHandle(argument: _quayside_users_v1_FindByHandleRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_users_v1_FindByHandleResponse__Output>): grpc.ClientUnaryCall;
  FindByHandle(argument: _quayside_users_v1_FindByHandleRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_users_v1_FindByHandleResponse__Output>): grpc.ClientUnaryCall;
  FindByHandle(argument: _quayside_users_v1_FindByHandleRequest, callback: grpc.requestCallback<_quayside_users_v1_FindByHandleResponse__Output>): grpc.ClientUnaryCall;
  /**
   * FindByHandle returns what a payer may see of a payee.
   */
  findByHandle(argument: _quayside_users_v1_FindByHandleRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_users_v1_FindByHandleResponse__Output>): grpc.ClientUnaryCall;
  findByHandle(argument: _quayside_users_v1_FindByHandleRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_users_v1_FindByHandleResponse__Output>): grpc.ClientUnaryCall;
  findByHandle(argument: _quayside_users_v1_FindByHandleRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_users_v1_FindByHandleResponse__Output>): grpc.ClientUnaryCall;
  findByHandle(argument: _quayside_users_v1_FindByHandleRequest, callback: grpc.requestCallback<_quayside_users_v1_FindByHandleResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * FindUser returns what is known of any user, for operators; of one who was erased that they were.
   */
  FindUser(argument: _quayside_users_v1_FindUserRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_users_v1_FindUserResponse__Output>): grpc.ClientUnaryCall;
  FindUser(argument: _quayside_users_v1_FindUserRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_users_v1_FindUserResponse__Output>): grpc.ClientUnaryCall;
  FindUser(argument: _quayside_users_v1_FindUserRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_users_v1_FindUserResponse__Output>): grpc.ClientUnaryCall;
  FindUser(argument: _quayside_users_v1_FindUserRequest, callback: grpc.requestCallback<_quayside_users_v1_FindUserResponse__Output>): grpc.ClientUnaryCall;
  /**
   * FindUser returns what is known of any user, for operators; of one who was erased that they were.
   */
  findUser(argument: _quayside_users_v1_FindUserRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_users_v1_FindUserResponse__Output>): grpc.ClientUnaryCall;
  findUser(argument: _quayside_users_v1_FindUserRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_users_v1_FindUserResponse__Output>): grpc.ClientUnaryCall;
  findUser(argument: _quayside_users_v1_FindUserRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_users_v1_FindUserResponse__Output>): grpc.ClientUnaryCall;
  findUser(argument: _quayside_users_v1_FindUserRequest, callback: grpc.requestCallback<_quayside_users_v1_FindUserResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * GetProfile returns the caller's own profile. NOT_FOUND until the sign-up event has arrived.
   */
  GetProfile(argument: _quayside_users_v1_GetProfileRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_users_v1_GetProfileResponse__Output>): grpc.ClientUnaryCall;
  GetProfile(argument: _quayside_users_v1_GetProfileRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_users_v1_GetProfileResponse__Output>): grpc.ClientUnaryCall;
  GetProfile(argument: _quayside_users_v1_GetProfileRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_users_v1_GetProfileResponse__Output>): grpc.ClientUnaryCall;
  GetProfile(argument: _quayside_users_v1_GetProfileRequest, callback: grpc.requestCallback<_quayside_users_v1_GetProfileResponse__Output>): grpc.ClientUnaryCall;
  /**
   * GetProfile returns the caller's own profile. NOT_FOUND until the sign-up event has arrived.
   */
  getProfile(argument: _quayside_users_v1_GetProfileRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_users_v1_GetProfileResponse__Output>): grpc.ClientUnaryCall;
  getProfile(argument: _quayside_users_v1_GetProfileRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_users_v1_GetProfileResponse__Output>): grpc.ClientUnaryCall;
  getProfile(argument: _quayside_users_v1_GetProfileRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_users_v1_GetProfileResponse__Output>): grpc.ClientUnaryCall;
  getProfile(argument: _quayside_users_v1_GetProfileRequest, callback: grpc.requestCallback<_quayside_users_v1_GetProfileResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * ReleaseHandle lets go of a reservation whose sign-up was refused. Idempotent; a handle that is
   * the user's own for good, or held by another user, is left alone.
   */
  ReleaseHandle(argument: _quayside_users_v1_ReleaseHandleRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_users_v1_ReleaseHandleResponse__Output>): grpc.ClientUnaryCall;
  ReleaseHandle(argument: _quayside_users_v1_ReleaseHandleRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_users_v1_ReleaseHandleResponse__Output>): grpc.ClientUnaryCall;
  ReleaseHandle(argument: _quayside_users_v1_ReleaseHandleRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_users_v1_ReleaseHandleResponse__Output>): grpc.ClientUnaryCall;
  ReleaseHandle(argument: _quayside_users_v1_ReleaseHandleRequest, callback: grpc.requestCallback<_quayside_users_v1_ReleaseHandleResponse__Output>): grpc.ClientUnaryCall;
  /**
   * ReleaseHandle lets go of a reservation whose sign-up was refused. Idempotent; a handle that is
   * the user's own for good, or held by another user, is left alone.
   */
  releaseHandle(argument: _quayside_users_v1_ReleaseHandleRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_users_v1_ReleaseHandleResponse__Output>): grpc.ClientUnaryCall;
  releaseHandle(argument: _quayside_users_v1_ReleaseHandleRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_users_v1_ReleaseHandleResponse__Output>): grpc.ClientUnaryCall;
  releaseHandle(argument: _quayside_users_v1_ReleaseHandleRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_users_v1_ReleaseHandleResponse__Output>): grpc.ClientUnaryCall;
  releaseHandle(argument: _quayside_users_v1_ReleaseHandleRequest, callback: grpc.requestCallback<_quayside_users_v1_ReleaseHandleResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * ReserveHandle holds a handle for ten minutes. Idempotent per user id;
   * ALREADY_EXISTS when another user holds or owns it.
   */
  ReserveHandle(argument: _quayside_users_v1_ReserveHandleRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_users_v1_ReserveHandleResponse__Output>): grpc.ClientUnaryCall;
  ReserveHandle(argument: _quayside_users_v1_ReserveHandleRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_users_v1_ReserveHandleResponse__Output>): grpc.ClientUnaryCall;
  ReserveHandle(argument: _quayside_users_v1_ReserveHandleRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_users_v1_ReserveHandleResponse__Output>): grpc.ClientUnaryCall;
  ReserveHandle(argument: _quayside_users_v1_ReserveHandleRequest, callback: grpc.requestCallback<_quayside_users_v1_ReserveHandleResponse__Output>): grpc.ClientUnaryCall;
  /**
   * ReserveHandle holds a handle for ten minutes. Idempotent per user id;
   * ALREADY_EXISTS when another user holds or owns it.
   */
  reserveHandle(argument: _quayside_users_v1_ReserveHandleRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_users_v1_ReserveHandleResponse__Output>): grpc.ClientUnaryCall;
  reserveHandle(argument: _quayside_users_v1_ReserveHandleRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_users_v1_ReserveHandleResponse__Output>): grpc.ClientUnaryCall;
  reserveHandle(argument: _quayside_users_v1_ReserveHandleRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_users_v1_ReserveHandleResponse__Output>): grpc.ClientUnaryCall;
  reserveHandle(argument: _quayside_users_v1_ReserveHandleRequest, callback: grpc.requestCallback<_quayside_users_v1_ReserveHandleResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * UpdateProfile changes the fields that are set in the caller's own profile.
   */
  UpdateProfile(argument: _quayside_users_v1_UpdateProfileRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_users_v1_UpdateProfileResponse__Output>): grpc.ClientUnaryCall;
  UpdateProfile(argument: _quayside_users_v1_UpdateProfileRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_users_v1_UpdateProfileResponse__Output>): grpc.ClientUnaryCall;
  UpdateProfile(argument: _quayside_users_v1_UpdateProfileRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_users_v1_UpdateProfileResponse__Output>): grpc.ClientUnaryCall;
  UpdateProfile(argument: _quayside_users_v1_UpdateProfileRequest, callback: grpc.requestCallback<_quayside_users_v1_UpdateProfileResponse__Output>): grpc.ClientUnaryCall;
  /**
   * UpdateProfile changes the fields that are set in the caller's own profile.
   */
  updateProfile(argument: _quayside_users_v1_UpdateProfileRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_users_v1_UpdateProfileResponse__Output>): grpc.ClientUnaryCall;
  updateProfile(argument: _quayside_users_v1_UpdateProfileRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_quayside_users_v1_UpdateProfileResponse__Output>): grpc.ClientUnaryCall;
  updateProfile(argument: _quayside_users_v1_UpdateProfileRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_quayside_users_v1_UpdateProfileResponse__Output>): grpc.ClientUnaryCall;
  updateProfile(argument: _quayside_users_v1_UpdateProfileRequest, callback: grpc.requestCallback<_quayside_users_v1_UpdateProfileResponse__Output>): grpc.ClientUnaryCall;
  
}

/**
 * UsersService owns profiles and the unique, never reused handles by which people find each other.
 */
export interface UsersServiceHandlers extends grpc.UntypedServiceImplementation {
  /**
   * FindByHandle returns what a payer may see of a payee.
   */
  FindByHandle: grpc.handleUnaryCall<_quayside_users_v1_FindByHandleRequest__Output, _quayside_users_v1_FindByHandleResponse>;
  
  /**
   * FindUser returns what is known of any user, for operators; of one who was erased that they were.
   */
  FindUser: grpc.handleUnaryCall<_quayside_users_v1_FindUserRequest__Output, _quayside_users_v1_FindUserResponse>;
  
  /**
   * GetProfile returns the caller's own profile. NOT_FOUND until the sign-up event has arrived.
   */
  GetProfile: grpc.handleUnaryCall<_quayside_users_v1_GetProfileRequest__Output, _quayside_users_v1_GetProfileResponse>;
  
  /**
   * ReleaseHandle lets go of a reservation whose sign-up was refused. Idempotent; a handle that is
   * the user's own for good, or held by another user, is left alone.
   */
  ReleaseHandle: grpc.handleUnaryCall<_quayside_users_v1_ReleaseHandleRequest__Output, _quayside_users_v1_ReleaseHandleResponse>;
  
  /**
   * ReserveHandle holds a handle for ten minutes. Idempotent per user id;
   * ALREADY_EXISTS when another user holds or owns it.
   */
  ReserveHandle: grpc.handleUnaryCall<_quayside_users_v1_ReserveHandleRequest__Output, _quayside_users_v1_ReserveHandleResponse>;
  
  /**
   * UpdateProfile changes the fields that are set in the caller's own profile.
   */
  UpdateProfile: grpc.handleUnaryCall<_quayside_users_v1_UpdateProfileRequest__Output, _quayside_users_v1_UpdateProfileResponse>;
  
}

export interface UsersServiceDefinition extends grpc.ServiceDefinition {
  FindByHandle: MethodDefinition<_quayside_users_v1_FindByHandleRequest, _quayside_users_v1_FindByHandleResponse, _quayside_users_v1_FindByHandleRequest__Output, _quayside_users_v1_FindByHandleResponse__Output>
  FindUser: MethodDefinition<_quayside_users_v1_FindUserRequest, _quayside_users_v1_FindUserResponse, _quayside_users_v1_FindUserRequest__Output, _quayside_users_v1_FindUserResponse__Output>
  GetProfile: MethodDefinition<_quayside_users_v1_GetProfileRequest, _quayside_users_v1_GetProfileResponse, _quayside_users_v1_GetProfileRequest__Output, _quayside_users_v1_GetProfileResponse__Output>
  ReleaseHandle: MethodDefinition<_quayside_users_v1_ReleaseHandleRequest, _quayside_users_v1_ReleaseHandleResponse, _quayside_users_v1_ReleaseHandleRequest__Output, _quayside_users_v1_ReleaseHandleResponse__Output>
  ReserveHandle: MethodDefinition<_quayside_users_v1_ReserveHandleRequest, _quayside_users_v1_ReserveHandleResponse, _quayside_users_v1_ReserveHandleRequest__Output, _quayside_users_v1_ReserveHandleResponse__Output>
  UpdateProfile: MethodDefinition<_quayside_users_v1_UpdateProfileRequest, _quayside_users_v1_UpdateProfileResponse, _quayside_users_v1_UpdateProfileRequest__Output, _quayside_users_v1_UpdateProfileResponse__Output>
}
