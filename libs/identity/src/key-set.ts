import { importJWK, type CryptoKey, type JSONWebKeySet, type JWK } from 'jose';

/** The keys that verify tokens, fetched when needed. */
export interface KeySet {
  /** The key with this id. Rejects when the keys cannot be had; undefined when they do not hold it. */
  find(kid: string): Promise<CryptoKey | undefined>;
}

/** How keys are fetched and kept. */
export interface KeySetOptions {
  fetchJwks: () => Promise<JSONWebKeySet>;
  /** Milliseconds after which keys are fetched again. */
  cacheMs: number;
  /** Milliseconds for which known keys serve while they cannot be fetched again. */
  staleMs: number;
  /** Least milliseconds between two fetches for unknown key ids: strangers make those up. */
  unknownKeyPauseMs: number;
}

/** Whether a key of the set is one that signs our tokens; a set may hold others (RFC 7517, 5). */
function signsTokens({ kid, kty, crv, use }: JWK): boolean {
  return kid !== undefined && kty === 'OKP' && crv === 'Ed25519' && (use ?? 'sig') === 'sig';
}

async function importKeys({ keys }: JSONWebKeySet): Promise<Map<string, CryptoKey>> {
  const imported = new Map<string, CryptoKey>();
  for (const { kid = '', kty, crv, x } of keys.filter(signsTokens)) {
    // Only the public half is taken, whatever was published.
    const key = await importJWK({ kty, crv, x }, 'EdDSA');
    if ('algorithm' in key) imported.set(kid, key);
  }
  // Going on with the known keys is better than refusing every token of the system.
  if (imported.size === 0) throw new Error('The key set holds no Ed25519 key that signs.');
  return imported;
}

/** Keys cached in the spirit of RFC 5861: while a fetch runs or fails, the known ones serve on. */
export function createKeySet(options: KeySetOptions): KeySet {
  const { fetchJwks, cacheMs, staleMs, unknownKeyPauseMs } = options;
  let keys: Map<string, CryptoKey> | undefined;
  let fetchedAt = -Infinity;
  let triedAt = -Infinity;
  let fetching: Promise<void> | undefined;

  const isOlderThan = (milliseconds: number) => Date.now() - fetchedAt >= milliseconds;

  async function fetchKeys(): Promise<void> {
    triedAt = Date.now();
    try {
      keys = await importKeys(await fetchJwks());
      fetchedAt = Date.now();
    } catch (error) {
      if (isOlderThan(cacheMs + staleMs)) keys = undefined;
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
      if (keys === undefined || isOlderThan(cacheMs + staleMs)) {
        await refresh();
        return keys?.get(kid);
      }
      const mayTry = fetching !== undefined || Date.now() - triedAt >= unknownKeyPauseMs;
      const found = keys.get(kid);
      if (found === undefined) {
        if (mayTry) await refresh();
        return keys.get(kid);
      }
      // Known and merely old: nobody waits for the fetch, nor hears of its failure.
      if (mayTry && isOlderThan(cacheMs)) refresh().catch(() => undefined);
      return found;
    },
  };
}
