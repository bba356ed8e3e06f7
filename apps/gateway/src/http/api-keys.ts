import type { auth } from '@quayside/contracts';
import type { Downstream } from '../downstream';
import { clientOf } from './client';
import type { PublicOperation, UserOperation } from './operation';
import { present, timeToJson } from './wire';

/** For machines: a key is exchanged here for a token, and is taken nowhere else. */
export function tokenOperations({ auth, takenFor }: Downstream) {
  return {
    async exchangeApiKey(request, response) {
      const { apiKey } = request.body as { apiKey: string };
      const message = { apiKey, client: clientOf(request) };
      const answer = await auth.ExchangeApiKey(message, { asService: true });
      const { userId, accessToken, expiresInSeconds, scopes } = answer;
      response.json({ userId, accessToken, expiresIn: takenFor(expiresInSeconds), scopes });
    },
  } satisfies Record<string, PublicOperation>;
}

/** A user's keys. */
export function apiKeyOperations({ auth }: Downstream) {
  return {
    async createApiKey(request, response, caller) {
      const body = request.body as {
        name: string;
        scopes: string[];
        expiresInDays: number;
        password?: string;
      };
      const { apiKey, key } = await auth.CreateApiKey(body, { caller });
      response.status(201).json({ apiKey, key: keyToJson(present(key, 'the key')) });
    },

    async listApiKeys(_request, response, caller) {
      const { keys } = await auth.ListApiKeys({}, { caller });
      response.json({ items: keys.map(keyToJson) });
    },

    async revokeApiKey(request, response, caller) {
      const { keyId } = request.params as { keyId: string };
      await auth.RevokeApiKey({ keyId }, { caller });
      response.status(204).end();
    },
  } satisfies Record<string, UserOperation>;
}

function keyToJson(key: auth.ApiKey__Output) {
  const { keyId, name, prefix, scopes } = key;
  return {
    ...{ keyId, name, prefix, scopes },
    createdAt: timeToJson(key.createdAt),
    expiresAt: timeToJson(key.expiresAt),
    lastUsedAt: key.lastUsedAt ? timeToJson(key.lastUsedAt) : null,
  };
}
