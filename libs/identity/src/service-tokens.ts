import { createSecretKey } from 'node:crypto';
import { QuaysideError } from '@quayside/errors';
import { jwtVerify, SignJWT } from 'jose';
import { boundedCache } from './bounded-cache';

/** Proof, in development, of which service is calling; in a cluster the mTLS certificate is that. */
export interface ServiceTokens {
  /** The service that this process is. */
  readonly service: string;
  /** A token that proves this service to `audience`; the same one until it is half used up. */
  issue(audience: string): Promise<string>;
  /** Who sent the token. Rejects with QuaysideError `unauthenticated` unless it is valid and for us. */
  verify(token: string): Promise<{ service: string }>;
}

/** What service tokens are made of. */
export interface ServiceTokenOptions {
  /** Shared by all services of one environment, at least 32 characters. */
  secret: string;
  /** The name of this service. */
  service: string;
}

const LIFETIME_SECONDS = 300;
const TYPE = 'quayside-service+jwt';
const VERIFIED_AT_ONCE = 1_000;

const nowSeconds = () => Math.floor(Date.now() / 1000);

/** Issues and verifies service tokens (JWT, HS256). Throws when the secret is too short. */
export function createServiceTokens({ secret, service }: ServiceTokenOptions): ServiceTokens {
  if (secret.length < 32) throw new Error('A service token secret needs at least 32 characters.');
  const key = createSecretKey(Buffer.from(secret));
  const issued = new Map<string, { token: Promise<string>; renewAt: number }>();
  const verified = boundedCache<{ service: string }>(VERIFIED_AT_ONCE);
  const rules = {
    algorithms: ['HS256'],
    typ: TYPE,
    audience: service,
    requiredClaims: ['iss', 'iat', 'exp'],
    // Clocks of two machines differ a little; without this a token could come from the future.
    maxTokenAge: LIFETIME_SECONDS,
    clockTolerance: 5,
  };

  function sign(audience: string): Promise<string> {
    return new SignJWT()
      .setProtectedHeader({ alg: 'HS256', typ: TYPE })
      .setIssuer(service)
      .setAudience(audience)
      .setIssuedAt()
      .setExpirationTime(nowSeconds() + LIFETIME_SECONDS)
      .sign(key);
  }

  return {
    service,
    issue(audience) {
      const known = issued.get(audience);
      if (known && known.renewAt > nowSeconds()) return known.token;
      const token = sign(audience);
      issued.set(audience, { token, renewAt: nowSeconds() + LIFETIME_SECONDS / 2 });
      return token;
    },
    async verify(token) {
      const known = verified.get(token);
      if (known) return known;
      try {
        const { payload } = await jwtVerify(token, key, rules);
        const { iss = '', exp = 0 } = payload;
        const caller = { service: iss };
        verified.set(token, caller, exp * 1000);
        return caller;
      } catch (cause) {
        throw new QuaysideError('unauthenticated', 'The service token is not valid.', { cause });
      }
    },
  };
}
