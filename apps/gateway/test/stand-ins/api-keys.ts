import { randomBytes } from 'node:crypto';
import type { auth } from '@quayside/contracts';
import { QuaysideError } from '@quayside/errors';
import type { TestTokens } from '@quayside/testing';
import { v7 as uuidv7 } from 'uuid';
import type { Method } from './stand-in';
import { moment, type World } from './world';

/** Keys by their secret. */
export function apiKeyMethods(world: World, tokens: TestTokens): Record<string, Method> {
  const keys = new Map<string, auth.ApiKey & { userId: string }>();
  return {
    CreateApiKey({ name, scopes, password }: auth.CreateApiKeyRequest__Output, context) {
      if (world.people.get(context.userId())?.password !== password)
        throw new QuaysideError('wrong_password', 'The current password is wrong.');
      const prefix = `qsak_${randomBytes(4).toString('hex')}`;
      const apiKey = `${prefix}_${randomBytes(32).toString('base64url')}`;
      const times = { createdAt: moment, expiresAt: moment };
      const key = { keyId: uuidv7(), name, prefix, scopes, ...times };
      keys.set(apiKey, { ...key, userId: context.userId() });
      return { apiKey, key };
    },
    ListApiKeys: (_request, context) => ({
      keys: [...keys.values()].filter(({ userId }) => userId === context.userId()),
    }),
    RevokeApiKey({ keyId }: auth.RevokeApiKeyRequest__Output) {
      const [found] = [...keys].filter(([, key]) => key.keyId === keyId);
      if (!found) throw new QuaysideError('not_found', 'There is no such key.');
      keys.delete(found[0]);
      return {};
    },
    async ExchangeApiKey({ apiKey }: auth.ExchangeApiKeyRequest__Output) {
      const key = keys.get(apiKey);
      if (!key) throw new QuaysideError('unauthenticated', 'The API key does not work.');
      const { userId, scopes = [] } = key;
      const accessToken = await tokens.userToken({ userId, scopes });
      return { userId, accessToken, expiresInSeconds: 600, scopes };
    },
  };
}
