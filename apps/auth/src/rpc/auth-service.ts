import { services } from '@quayside/contracts';
import { access } from '@quayside/identity';
import { rpcService, type RpcService } from '@quayside/rpc';
import { createApiKey, exchangeApiKey, listApiKeys, revokeApiKey } from './api-keys';
import { changePassword } from './change-password';
import { confirmPasswordReset } from './confirm-password-reset';
import { checkRecentSignIn } from './check-recent-sign-in';
import type { AuthDependencies } from './dependencies';
import { login } from './login';
import { logout } from './logout';
import { endSessionsOf, findIdentity, listSessionsOf } from './operate';
import { refresh } from './refresh';
import { register } from './register';
import { requestPasswordReset } from './request-password-reset';
import {
  confirmSecondFactor,
  disableSecondFactor,
  enrolSecondFactor,
  getSecondFactor,
  stepUp,
} from './second-factor';
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
      CheckRecentSignIn: access.user('profile:write'),
      FindIdentity: access.user('ops:read'),
      ListSessionsOf: access.user('ops:read'),
      EndSessionsOf: access.user('ops'),
      GetJwks: access.public,
      ChangePassword: access.user('identity:write'),
      RequestPasswordReset: access.service('gateway'),
      ConfirmPasswordReset: access.service('gateway'),
      ListSessions: access.user('identity:read'),
      EndSession: access.user('identity:write'),
      CreateApiKey: access.user('identity:write'),
      ListApiKeys: access.user('identity:read'),
      RevokeApiKey: access.user('identity:write'),
      ExchangeApiKey: access.service('gateway'),
      GetSecondFactor: access.user('identity:read'),
      EnrolSecondFactor: access.user('identity:write'),
      ConfirmSecondFactor: access.user('identity:write'),
      DisableSecondFactor: access.user('identity:write'),
      StepUp: access.user('identity:write'),
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
      ChangePassword: (request, context) => changePassword(dependencies, request, context),
      RequestPasswordReset: (request, context) =>
        requestPasswordReset(dependencies, request, context),
      ConfirmPasswordReset: (request, context) =>
        confirmPasswordReset(dependencies, request, context),
      ListSessions: (_request, context) => listSessions(dependencies, context),
      EndSession: (request, context) => endSession(dependencies, request, context),
      CreateApiKey: (request, context) => createApiKey(dependencies, request, context),
      ListApiKeys: (_request, context) => listApiKeys(dependencies, context),
      RevokeApiKey: (request, context) => revokeApiKey(dependencies, request, context),
      ExchangeApiKey: (request, context) => exchangeApiKey(dependencies, request, context),
      GetSecondFactor: (_request, context) => getSecondFactor(dependencies, context),
      EnrolSecondFactor: (request, context) => enrolSecondFactor(dependencies, request, context),
      ConfirmSecondFactor: (request, context) =>
        confirmSecondFactor(dependencies, request, context),
      DisableSecondFactor: (_request, context) => disableSecondFactor(dependencies, context),
      StepUp: (request, context) => stepUp(dependencies, request, context),
    },
  );
}
