import { randomBytes } from 'node:crypto';
import { QuaysideError } from '@quayside/errors';
import type { TestTokens } from '@quayside/testing';
import { v7 as uuidv7 } from 'uuid';
import { apiKeyMethods } from './api-keys';
import { identityMethods } from './identity';
import { secondFactorMethods } from './second-factor';
import type { Method } from './stand-in';
import { moment, type Person, type World } from './world';

async function session(world: World, tokens: TestTokens, userId: string) {
  const refreshToken = `qsrt_${randomBytes(32).toString('base64url')}`;
  world.refreshTokens.set(refreshToken, userId);
  const accessToken = await tokens.userToken({ userId });
  return { userId, tokens: { accessToken, refreshToken, expiresInSeconds: 600 } };
}

/** Sign-in with tokens that the real verifiers accept. */
export function authMethods(world: World, tokens: TestTokens): Record<string, Method> {
  return {
    async Register(request: Person) {
      const taken = [...world.people.values()].some(({ email }) => email === request.email);
      if (taken) throw new QuaysideError('email_taken', 'That e-mail address is taken.');
      world.people.set(request.userId, request);
      if (world.openAccounts) world.balances.set(request.userId, 0n);
      return session(world, tokens, request.userId);
    },
    async Login({ email, password }: { email: string; password: string }) {
      const found = [...world.people.values()].find((person) => person.email === email);
      if (found?.password !== password)
        throw new QuaysideError('unauthenticated', 'The e-mail address or password is wrong.');
      return session(world, tokens, found.userId);
    },
    async Refresh({ refreshToken }: { refreshToken: string }) {
      const userId = world.refreshTokens.get(refreshToken);
      if (!userId) throw new QuaysideError('unauthenticated', 'The session has ended.');
      world.refreshTokens.delete(refreshToken);
      return session(world, tokens, userId);
    },
    Logout({ refreshToken }: { refreshToken: string }) {
      world.refreshTokens.delete(refreshToken);
      return {};
    },
    ...identityMethods(world),
    ...apiKeyMethods(world, tokens),
    ...secondFactorMethods(world, tokens),
    // Signed in just now, whoever it is.
    CheckRecentSignIn: () => ({ result: 'RECENT_SIGN_IN_RECENT' }),
    FindIdentity({ userId, email }: { userId: string; email: string }) {
      const people = [...world.people.values()];
      const found = people.find((each) => each.userId === userId || each.email === email);
      if (!found) throw new QuaysideError('not_found', 'There is no such identity.');
      const { userId: id, email: address } = found;
      return { userId: id, email: address, role: 'customer', createdAt: moment };
    },
    ListSessionsOf({ userId }: { userId: string }) {
      const times = { createdAt: moment, lastUsedAt: moment, expiresAt: moment };
      const alive = { sessionId: uuidv7(), ...times, endedAt: null, endReason: '' };
      const over = { sessionId: uuidv7(), ...times, endedAt: moment, endReason: 'logout' };
      return { sessions: world.people.has(userId) ? [alive, over] : [] };
    },
    EndSessionsOf: ({ userId }: { userId: string }) => ({
      ended: world.people.has(userId) ? 1 : 0,
      apiKeysRevoked: 0,
    }),
    GetJwks: () => ({ jwksJson: JSON.stringify(tokens.jwks) }),
  };
}
