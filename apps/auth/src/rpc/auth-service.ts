import { services } from '@quayside/contracts';
import { access } from '@quayside/identity';
import { rpcService, type RpcService } from '@quayside/rpc';
import { changePassword } from './change-password';
import { confirmPasswordReset } from './confirm-password-reset';
import type { AuthDependencies } from './dependencies';
import { login } from './login';
import { logout } from './logout';
import { refresh } from './refresh';
import { register } from './register';
import { requestPasswordReset } from './request-password-reset';
import { endSession, listSessions } from './sessions';

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
      ChangePassword: access.user('identity:write'),
      RequestPasswordReset: access.service('gateway'),
      ConfirmPasswordReset: access.service('gateway'),
      ListSessions: access.user('identity:read'),
      EndSession: access.user('identity:write'),
    },
    {
      Register: (request, context) => register(dependencies, request, context),
      Login: (request, context) => login(dependencies, request, context),
      Refresh: (request, context) => refresh(dependencies, request, context),
      Logout: (request, context) => logout(dependencies, request, context),
      GetJwks: async () => ({ jwksJson: JSON.stringify(await dependencies.keys.jwks()) }),
      ChangePassword: (request, context) => changePassword(dependencies, request, context),
      RequestPasswordReset: (request, context) =>
        requestPasswordReset(dependencies, request, context),
      ConfirmPasswordReset: (request, context) =>
        confirmPasswordReset(dependencies, request, context),
      ListSessions: (_request, context) => listSessions(dependencies, context),
      EndSession: (request, context) => endSession(dependencies, request, context),
    },
  );
}
