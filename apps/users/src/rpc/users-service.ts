import { services } from '@quayside/contracts';
import type { Database } from '@quayside/database';
import { access } from '@quayside/identity';
import { rpcService, type RpcService } from '@quayside/rpc';
import { findAnyUser } from './find-user';
import { findByHandle, getProfile, updateProfile } from './profile';
import { release, reserve } from './reserve-handle';

/** quayside.users.v1.UsersService: who may call what, and which function answers. */
export function usersService(database: Database, reservationSeconds: number): RpcService {
  return rpcService(
    services.users,
    {
      ReserveHandle: access.service('gateway'),
      ReleaseHandle: access.service('gateway'),
      GetProfile: access.user('profile:read'),
      UpdateProfile: access.user('profile:write'),
      FindByHandle: access.user('profile:read'),
      FindUser: access.user('ops:read'),
    },
    {
      ReserveHandle: (request, context) => reserve(database, reservationSeconds, request, context),
      ReleaseHandle: (request, context) => release(database, request, context),
      GetProfile: (_request, context) => getProfile(database, context),
      UpdateProfile: (request, context) => updateProfile(database, request, context),
      FindByHandle: (request, context) => findByHandle(database, request, context),
      FindUser: (request, context) => findAnyUser(database, request, context),
    },
  );
}
