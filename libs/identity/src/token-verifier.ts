import { QuaysideError } from '@quayside/errors';
import { decodeProtectedHeader, jwtVerify, type JSONWebKeySet, type JWTPayload } from 'jose';
import { boundedCache } from './bounded-cache';
import type { UserCaller } from './caller';
import { createKeySet } from './key-set';

/** Verifies access tokens. */
export interface TokenVerifier {
  /**
   * The user behind a token. Rejects with QuaysideError `unauthenticated` when the token is not valid,
   * `unavailable` when no keys can be had to check it.
   */
  verify(token: string): Promise<UserCaller>;
}

/** What a verifier accepts. */
export interface TokenVerifierOptions {
  /** Fetches the public keys; the answer is cached, and old keys serve while it fails. */
  fetchJwks: () => Promise<JSONWebKeySet>;
  issuer: string;
  audience: string;
  /** Milliseconds after which keys are fetched again; default 60000. */
  cacheMs?: number;
  /**
   * Milliseconds for which known keys serve on while they cannot be fetched again; default one hour.
   * Tokens live for ten minutes and only auth makes new ones, so this costs no honest caller.
   */
  staleMs?: number;
  /** Least milliseconds between fetches for unknown key ids; default 5000. */
  unknownKeyPauseMs?: number;
  /** Most verified tokens that are remembered until they expire; default 10000. */
  remembered?: number;
}

const notValid = (cause?: unknown) =>
  new QuaysideError('unauthenticated', 'The access token is not valid. Sign in again.', { cause });

/** Clocks of two machines differ a little; a token of auth must not come from the future elsewhere. */
export const CLOCK_SKEW_SECONDS = 5;

/** Milliseconds after which a verifier fetches keys again, unless it is told otherwise. */
export const KEYS_CACHE_MS = 60_000;

function callerOf(claims: JWTPayload, token: string): UserCaller {
  const { sub, scope, sid, jti, acr, iat, exp } = claims;
  const { auth_time: authTime, second_factor: secondFactor } = claims;
  if (!sub || !jti || iat === undefined || typeof scope !== 'string') throw notValid();
  return {
    kind: 'user',
    userId: sub,
    scopes: scope.split(' ').filter(Boolean),
    ...(typeof sid === 'string' && { sessionId: sid }),
    tokenId: jti,
    ...(typeof acr === 'string' && { acr }),
    ...(typeof authTime === 'number' && { authTime }),
    ...(typeof secondFactor === 'boolean' && { secondFactor }),
    issuedAt: iat,
    ...(exp !== undefined && { expiresAt: exp }),
    token,
  };
}

function keyIdOf(token: string): string {
  try {
    const { kid, alg } = decodeProtectedHeader(token);
    if (alg === 'EdDSA' && kid !== undefined) return kid;
  } catch (cause) {
    throw notValid(cause);
  }
  throw notValid();
}

/** A verifier of access tokens: EdDSA only, `typ: at+jwt` (RFC 9068), audience, issuer and times checked. */
export function createTokenVerifier(options: TokenVerifierOptions): TokenVerifier {
  const { fetchJwks, issuer, audience, cacheMs = KEYS_CACHE_MS, staleMs = 3_600_000 } = options;
  const { unknownKeyPauseMs = 5_000 } = options;
  const keySet = createKeySet({ fetchJwks, cacheMs, staleMs, unknownKeyPauseMs });
  const verified = boundedCache<UserCaller>(options.remembered ?? 10_000);
  const rules = {
    algorithms: ['EdDSA'],
    typ: 'at+jwt',
    issuer,
    audience,
    requiredClaims: ['sub', 'exp', 'iat', 'jti', 'scope', 'client_id'],
    clockTolerance: CLOCK_SKEW_SECONDS,
  };

  async function findKey(kid: string) {
    try {
      return await keySet.find(kid);
    } catch (cause) {
      const detail = 'Tokens cannot be checked right now. Try again in a moment.';
      throw new QuaysideError('unavailable', detail, { cause });
    }
  }

  return {
    async verify(token) {
      const known = verified.get(token);
      if (known) return known;
      const key = await findKey(keyIdOf(token));
      if (key === undefined) throw notValid();
      const { payload } = await jwtVerify(token, key, rules).catch((cause: unknown) => {
        throw notValid(cause);
      });
      const caller = callerOf(payload, token);
      verified.set(token, caller, ((payload.exp ?? 0) + CLOCK_SKEW_SECONDS) * 1000);
      return caller;
    },
  };
}

/**
 * The same verifier, but for callers that `refuse` names: their tokens are no longer valid. It is asked for
 * every request, remembered tokens included, so it has to be quick.
 */
export function refusing(
  verifier: TokenVerifier,
  refuse: (caller: UserCaller) => boolean,
): TokenVerifier {
  return {
    async verify(token) {
      const caller = await verifier.verify(token);
      if (refuse(caller)) throw notValid();
      return caller;
    },
  };
}
