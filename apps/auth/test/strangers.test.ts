import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { status } from '@grpc/grpc-js';
import { services } from '@quayside/contracts';
import { answered, forOperators, refused, unproven, walkAsStranger } from '@quayside/testing';
import {
  codeOf,
  newcomer,
  PASSWORD,
  registered,
  startAuth,
  type AuthFixture,
} from './auth-fixture';

let auth: AuthFixture;
before(async () => (auth = await startAuth()));
after(() => auth.stop());

const OWNERS_PASSWORD = 'wrong horse battery';

/** With a password or code that is right for the owner: the stranger has one too, and it is another. */
const wrongForThem = (request: object) => ({ request, mayEnd: [status.PERMISSION_DENIED] });

/** Somebody with everything that can be had: a session, an API key, a second factor with a code that is not used yet. */
async function somebody() {
  const person = { ...newcomer(), password: OWNERS_PASSWORD };
  const { tokens } = await auth.client.Register(person);
  const { accessToken, refreshToken } = tokens!;
  const { apiKey, key } = await auth.user.CreateApiKey(accessToken, {
    ...{ name: 'nightly job', scopes: ['accounts:read'], password: OWNERS_PASSWORD },
  });
  const { secret } = await auth.user.EnrolSecondFactor(accessToken, OWNERS_PASSWORD);
  await auth.user.ConfirmSecondFactor(accessToken, codeOf(secret));
  const { sessions } = await auth.user.ListSessions(accessToken);
  return {
    ...{ person, refreshToken, apiKey, secret },
    keyId: key!.keyId,
    sessionId: sessions[0]!.sessionId,
    look: async () => ({
      ...(await auth.user.ListSessions(accessToken)),
      ...(await auth.user.ListApiKeys(accessToken)),
      ...(await auth.user.GetSecondFactor(accessToken)),
      identity: await auth.database.query(
        'SELECT password_hash, role FROM identities WHERE user_id = $1',
        [person.userId],
      ),
    }),
  };
}

test('somebody else’s good token gets nothing of a user and changes nothing of them', async () => {
  const { person, refreshToken, apiKey, keyId, sessionId, secret, look } = await somebody();
  const { userId, email } = person;
  const { tokens } = await registered(auth.client);
  const newPassword = 'strange horse battery';
  const got = await walkAsStranger({
    definition: services.auth,
    address: `127.0.0.1:${String(auth.grpcPort)}`,
    token: tokens.accessToken,
    calls: {
      Register: unproven({ ...person, userId }),
      Login: unproven({ email, password: OWNERS_PASSWORD }),
      Refresh: unproven({ refreshToken }),
      Logout: unproven({ refreshToken }),
      RequestPasswordReset: unproven({ email }),
      ConfirmPasswordReset: unproven({ token: refreshToken, newPassword }),
      ExchangeApiKey: unproven({ apiKey }),
      GetJwks: answered({}),
      CheckRecentSignIn: answered({ maxAgeSeconds: 300 }),
      FindIdentity: forOperators({ userId, email }),
      ListSessionsOf: forOperators({ userId }),
      EndSessionsOf: forOperators({ userId }),
      ChangePassword: wrongForThem({ currentPassword: OWNERS_PASSWORD, newPassword }),
      ListSessions: answered({}),
      EndSession: refused({ sessionId }),
      CreateApiKey: answered({ name: 'mine', scopes: ['accounts:read'], password: PASSWORD }),
      ListApiKeys: answered({}),
      RevokeApiKey: refused({ keyId }),
      GetSecondFactor: answered({}),
      DisableSecondFactor: unproven({}),
      EnrolSecondFactor: answered({ password: PASSWORD }),
      ConfirmSecondFactor: wrongForThem({ code: codeOf(secret, 1) }),
      StepUp: refused({ code: codeOf(secret, 1) }),
    },
    owned: [userId, email, email.toLowerCase(), sessionId, keyId, apiKey, secret],
    look,
  });
  assert.deepEqual(got, []);
});
