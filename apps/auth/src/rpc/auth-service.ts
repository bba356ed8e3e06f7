import { services } from '@quayside/contracts';
import { access } from '@quayside/identity';
import { rpcService, type RpcService } from '@quayside/rpc';
import type { AuthDependencies } from './dependencies';
import { login } from './login';
import { logout } from './logout';
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
      GetJwks: access.public,
    },
    {
      Register: (request, context) => register(dependencies, request, context),
      Login: (request, context) => login(dependencies, request, context),
      Refresh: (request, context) => refresh(dependencies, request, context),
      Logout: (request, context) => logout(dependencies, request, context),
      GetJwks: async () => ({ jwksJson: JSON.stringify(await dependencies.keys.jwks()) }),
    },
  );
}
