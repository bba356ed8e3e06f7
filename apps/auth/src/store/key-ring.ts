import type { Database } from '@quayside/database';
import type { JSONWebKeySet } from 'jose';
import type { SigningKey } from '../domain/access-token';
import type { Seal } from '../domain/seal';
import { newKeyPair, publishedJwk, signingKey } from '../domain/signing-keys';
import { findSigningKeys, insertFirstKey, openedPrivate } from './signing-keys';

/** The signing keys, held in memory and read again now and then, so that every replica follows a rotation. */
export interface KeyRing {
  /** The key that signs now. */
  signingKey(): Promise<SigningKey>;
  /** Every key that verifies tokens still alive or signed soon. */
  jwks(): Promise<JSONWebKeySet>;
}

interface Keys {
  active: SigningKey;
  jwks: JSONWebKeySet;
}

async function readKeys(database: Database, seal: Seal): Promise<Keys | undefined> {
  const stored = await findSigningKeys(database);
  const active = stored.find(({ status }) => status === 'active');
  return (
    active && {
      active: await signingKey(active.kid, openedPrivate(seal, active)),
      jwks: { keys: stored.map(({ kid, publicJwk }) => publishedJwk(kid, publicJwk)) },
    }
  );
}

async function readOrMakeKeys(database: Database, seal: Seal): Promise<Keys> {
  const found = await readKeys(database, seal);
  if (found) return found;
  await insertFirstKey(database, seal, await newKeyPair());
  // Read back: another replica's key may have been first.
  const made = await readKeys(database, seal);
  if (!made) throw new Error('The database holds no active signing key, though one was inserted.');
  return made;
}

/**
 * The ring of a database; makes the first key when there is none. Keys older than `maxAgeMs` are read again
 * before use; when that fails the known ones serve on.
 */
export async function openKeyRing(
  database: Database,
  seal: Seal,
  maxAgeMs: number,
): Promise<KeyRing> {
  let keys = await readOrMakeKeys(database, seal);
  let readAt = Date.now();
  let reading: Promise<void> | undefined;

  const readAgain = async (): Promise<void> => {
    try {
      keys = (await readKeys(database, seal)) ?? keys;
    } catch {
      // The next call after maxAgeMs tries again; /readyz and the pool's metrics show the database's state.
    } finally {
      readAt = Date.now();
      reading = undefined;
    }
  };
  const current = async (): Promise<Keys> => {
    if (Date.now() - readAt >= maxAgeMs) await (reading ??= readAgain());
    return keys;
  };
  return {
    signingKey: async () => (await current()).active,
    jwks: async () => (await current()).jwks,
  };
}
