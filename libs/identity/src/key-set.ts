import { importJWK, type CryptoKey, type JSONWebKeySet, type KeyObject } from 'jose';

/** The keys that verify tokens, fetched when needed. */
export interface KeySet {
  /** The key with this id. Rejects when the keys cannot be had; undefined when they do not hold it. */
  find(kid: string): Promise<VerificationKey | undefined>;
}

type VerificationKey = CryptoKey | KeyObject | Uint8Array;

/** How keys are fetched and kept. */
export interface KeySetOptions {
  fetchJwks: () => Promise<JSONWebKeySet>;
  /** Milliseconds after which keys are fetched again. */
  cacheMs: number;
  /** Least milliseconds between two fetches for unknown key ids: strangers make those up. */
  unknownKeyPauseMs: number;
}

async function importKeys({ keys }: JSONWebKeySet): Promise<Map<string, VerificationKey>> {
  const imported = new Map<string, VerificationKey>();
  for (const jwk of keys) {
    if (jwk.kid !== undefined) imported.set(jwk.kid, await importJWK(jwk, 'EdDSA'));
  }
  return imported;
}

/** Keys cached by RFC 5861's idea: while a fetch fails, the known ones serve on. */
export function createKeySet({ fetchJwks, cacheMs, unknownKeyPauseMs }: KeySetOptions): KeySet {
  let keys: Map<string, VerificationKey> | undefined;
  let fetchedAt = -Infinity;
  let triedAt = -Infinity;
  let fetching: Promise<void> | undefined;

  async function fetchKeys(): Promise<void> {
    triedAt = Date.now();
    try {
      keys = await importKeys(await fetchJwks());
      fetchedAt = Date.now();
    } catch (error) {
      if (keys === undefined) throw error;
    }
  }

  /** One fetch at a time, however many callers wait for it. */
  function refresh(): Promise<void> {
    fetching ??= fetchKeys().finally(() => (fetching = undefined));
    return fetching;
  }

  return {
    async find(kid) {
      const stale = Date.now() - fetchedAt >= cacheMs;
      const mayTry = Date.now() - triedAt >= unknownKeyPauseMs;
      if (keys === undefined) await refresh();
      // Known and merely old: nobody waits for the fetch.
      else if (stale && mayTry) void refresh();
      const found = keys?.get(kid);
      if (found !== undefined || !mayTry) return found;
      await refresh();
      return keys?.get(kid);
    },
  };
}
