import { access } from '@quayside/identity';
import type { TestTokens } from '@quayside/testing';
import { authMethods } from './auth';
import { paymentsMethods } from './payments';
import { startStandIn } from './stand-in';
import { usersMethods } from './users';
import { newWorld } from './world';

// What stands at the gateway's network boundary in its own tests: gRPC servers of the real contract, with the real
// identity checks and the smallest bank behind them. The real services together are tested in e2e/.

/** auth, users and payments as far as the gateway can see them. */
export async function startStandIns(tokens: TestTokens) {
  const world = newWorld();
  const fromGateway = access.service('gateway');
  const lookUp = access.user('ops:read');
  const operate = access.user('ops');
  const auth = await startStandIn(
    tokens,
    'auth',
    {
      Register: fromGateway,
      Login: fromGateway,
      Refresh: fromGateway,
      Logout: fromGateway,
      CheckRecentSignIn: access.user('profile:write'),
      FindIdentity: lookUp,
      ListSessionsOf: lookUp,
      EndSessionsOf: operate,
      GetJwks: access.public,
      ChangePassword: access.user('identity:write'),
      RequestPasswordReset: fromGateway,
      ConfirmPasswordReset: fromGateway,
      ListSessions: access.user('identity:read'),
      EndSession: access.user('identity:write'),
      CreateApiKey: access.user('identity:write'),
      ListApiKeys: access.user('identity:read'),
      RevokeApiKey: access.user('identity:write'),
      ExchangeApiKey: fromGateway,
      GetSecondFactor: access.user('identity:read'),
      EnrolSecondFactor: access.user('identity:write'),
      ConfirmSecondFactor: access.user('identity:write'),
      DisableSecondFactor: access.user('identity:write'),
      StepUp: access.user('identity:write'),
    },
    authMethods(world, tokens),
  );
  const users = await startStandIn(
    tokens,
    'users',
    {
      ReserveHandle: fromGateway,
      ReleaseHandle: fromGateway,
      GetProfile: access.user('profile:read'),
      UpdateProfile: access.user('profile:write'),
      FindByHandle: access.user('profile:read'),
      FindUser: lookUp,
    },
    usersMethods(world),
  );
  const read = access.user('accounts:read');
  const write = access.user('payments:write');
  const payments = await startStandIn(
    tokens,
    'payments',
    {
      ListAccounts: read,
      OpenAccount: write,
      ListAccountsOf: lookUp,
      FreezeAccount: operate,
      UnfreezeAccount: operate,
      CloseAccounts: write,
      GetStatement: read,
      CreateTopUp: write,
      GetTopUp: read,
      RecordProcessorEvent: fromGateway,
      ListTopUpsNeedingAttention: lookUp,
      ResumeTopUp: operate,
      CreatePayment: write,
      GetPayment: read,
      CapturePayment: write,
      VoidPayment: write,
      RefundPayment: write,
    },
    paymentsMethods(world),
  );
  return {
    world,
    auth,
    users,
    payments,
    stop: async () => {
      await Promise.all([auth.stop(), users.stop(), payments.stop()]);
    },
  };
}
