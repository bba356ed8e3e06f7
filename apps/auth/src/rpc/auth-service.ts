import { services } from '@quayside/contracts';
import { access } from '@quayside/identity';
import { rpcService, type RpcService } from '@quayside/rpc';
import { checkRecentSignIn } from './check-recent-sign-in';
import type { AuthDependencies } from './dependencies';
import { login } from './login';
import { logout } from './logout';
import { endSessionsOf, findIdentity, listSessionsOf } from './operate';
import { refresh } from './refresh';
import { register } from './register';

/** quayside.auth.v1.AuthService: who may call what, and which function answers. */
export function authService(dependencies: AuthDependencies): RpcService {
  return rpcService(
    services.auth,
    {
      Register: access.service('gateway'),
      Login: access.service('gateway'),
      Refresh: access.service('gateway'),
      Logout: access.service('gateway'),
      CheckRecentSignIn: access.user('profile:write'),
      FindIdentity: access.user('ops:read'),
      ListSessionsOf: access.user('ops:read'),
      EndSessionsOf: access.user('ops'),
      GetJwks: access.public,
    },
    {
      Register: (request, context) => register(dependencies, request, context),
      Login: (request, context) => login(dependencies, request, context),
      Refresh: (request, context) => refresh(dependencies, request, context),
      Logout: (request, context) => logout(dependencies, request, context),
      CheckRecentSignIn: (request, context) => checkRecentSignIn(dependencies, request, context),
      FindIdentity: (request, context) => findIdentity(dependencies, request, context),
      ListSessionsOf: (request, context) => listSessionsOf(dependencies, request, context),
      EndSessionsOf: (request, context) => endSessionsOf(dependencies, request, context),
      GetJwks: async () => ({ jwksJson: JSON.stringify(await dependencies.keys.jwks()) }),
    },
  );
}
