import { toTimestamp, type auth } from '@quayside/contracts';
import type { Transaction } from '@quayside/database';
import { QuaysideError } from '@quayside/errors';
import { requireStepUp } from '@quayside/identity';
import type { CallContext } from '@quayside/rpc';
import { v7, validate } from 'uuid';
import { signAccessToken } from '../domain/access-token';
import { checkedApiKey, isApiKey, newApiKey, scopesOfKey } from '../domain/api-key';
import { tokenHash } from '../domain/secret-token';
import { announceEnded } from '../events/session-ended';
import {
  findApiKeys,
  insertApiKey,
  MOST_KEYS,
  revokeApiKeys,
  useApiKey,
  type StoredApiKey,
} from '../store/api-keys';
import { credentialsOf, passwordIsStill, type StoredCredentials } from '../store/identities';
import type { AuthDependencies } from './dependencies';
import { refuseEnded, sessionOf } from './own-session';
import { provenByPassword } from './proven-by-password';
import { STEP_UP_SECONDS } from './second-factor';

function keyToWire({ createdAt, expiresAt, lastUsedAt, ...key }: StoredApiKey): auth.ApiKey {
  return {
    ...key,
    createdAt: toTimestamp(createdAt),
    expiresAt: toTimestamp(expiresAt),
    lastUsedAt: lastUsedAt ? toTimestamp(lastUsedAt) : null,
  };
}

/** The owner of a key to be made, who has proved who they are once more: by the second factor, or else by the password. */
async function provenOwner(
  dependencies: AuthDependencies,
  password: string,
  { caller, userId, deadline }: CallContext,
): Promise<StoredCredentials> {
  if (caller.kind !== 'user' || caller.secondFactor !== true) {
    // Not tried, so not counted as a wrong one.
    if (password === '') {
      throw new QuaysideError('invalid_request', 'Give your password.', {
        fields: [{ path: '/password', message: 'must be given without a second factor' }],
      });
    }
    return provenByPassword(dependencies, userId(), password, deadline);
  }
  requireStepUp(caller, STEP_UP_SECONDS);
  const owner = await credentialsOf(dependencies.database, userId(), deadline);
  if (!owner) throw new QuaysideError('unauthenticated', 'The identity does not exist any more.');
  return owner;
}

/** Makes a key. It outlives the session it is made in, so a token alone, which may be stolen, does not suffice. */
export async function createApiKey(
  dependencies: AuthDependencies,
  request: auth.CreateApiKeyRequest__Output,
  context: CallContext,
): Promise<auth.CreateApiKeyResponse> {
  const { database } = dependencies;
  const { deadline } = context;
  const session = sessionOf(context.caller);
  const owner = await provenOwner(dependencies, request.password, context);
  const asked = checkedApiKey(request, owner.role);
  const { apiKey, prefix } = newApiKey();
  const row = { ...asked, prefix, keyId: v7(), userId: owner.userId, keyHash: tokenHash(apiKey) };
  const insert = async (tx: Transaction) => {
    await refuseEnded(tx, session);
    // Else the key would outlive the change that revokes all others.
    if (!(await passwordIsStill(tx, owner))) {
      throw new QuaysideError('conflict', 'The password was changed a moment ago.');
    }
    return insertApiKey(tx, row);
  };
  const made = await database.transaction(insert, { deadline });
  if (made) return { apiKey, key: keyToWire(made) };
  throw new QuaysideError('limit_exceeded', `You have ${MOST_KEYS} keys. Revoke one first.`);
}

/** The caller's keys that work. */
export async function listApiKeys(
  { database }: AuthDependencies,
  { userId, deadline }: CallContext,
): Promise<auth.ListApiKeysResponse> {
  const keys = await findApiKeys(database, userId(), deadline);
  return { keys: keys.map(keyToWire) };
}

/** Makes one of the caller's keys worthless; its tokens end like those of a session. */
export async function revokeApiKey(
  { database }: AuthDependencies,
  { keyId }: auth.RevokeApiKeyRequest__Output,
  { userId, deadline }: CallContext,
): Promise<auth.RevokeApiKeyResponse> {
  const revoke = async (tx: Transaction) => {
    const revoked = validate(keyId) ? await revokeApiKeys(tx, userId(), { only: keyId }) : [];
    await announceEnded(tx, revoked);
    return revoked.length;
  };
  if ((await database.transaction(revoke, { deadline })) > 0) return {};
  throw new QuaysideError('not_found', 'There is no such key.');
}

/**
 * An access token for a key. It names the key where others name their session and their program, so that the end of a key
 * reaches whoever remembers the ends of sessions; it says nothing of how a person proved who they are.
 */
export async function exchangeApiKey(
  { database, keys, terms, metrics }: AuthDependencies,
  { apiKey }: auth.ExchangeApiKeyRequest__Output,
  { deadline }: CallContext,
): Promise<auth.ExchangeApiKeyResponse> {
  const used = isApiKey(apiKey)
    ? await useApiKey(database, tokenHash(apiKey), deadline)
    : undefined;
  metrics.keyExchanged(used ? 'success' : 'refused');
  if (!used) throw new QuaysideError('unauthenticated', 'The API key does not work.');
  const { userId, keyId, secondFactor } = used;
  const scopes = scopesOfKey(used.scopes, used.role);
  const subject = { userId, sessionId: keyId, clientId: keyId, scopes, secondFactor };
  const accessToken = await signAccessToken(await keys.signingKey(), terms, subject, new Date());
  return { userId, accessToken, expiresInSeconds: terms.lifetimeSeconds, scopes };
}
