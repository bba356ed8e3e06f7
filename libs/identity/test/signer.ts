import { generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto';
import { SignJWT, type JSONWebKeySet, type JWTPayload } from 'jose';
import { createTokenVerifier, type TokenVerifierOptions } from '../src/index';

export const now = () => Math.floor(Date.now() / 1000);

/** A signing key, as auth holds one. */
export function signer(kid: string = randomUUID()) {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const jwk = { ...publicKey.export({ format: 'jwk' }), kty: 'OKP', kid, alg: 'EdDSA', use: 'sig' };
  return {
    kid,
    jwk,
    publicKey,
    /** A good token, but for what is said otherwise. `undefined` leaves a claim or header out. */
    token(
      claims: JWTPayload = {},
      header: Record<string, unknown> = {},
      key: KeyObject | Uint8Array = privateKey,
    ): Promise<string> {
      const payload = {
        iss: 'quayside',
        aud: 'quayside',
        sub: 'ada',
        sid: 'session',
        jti: randomUUID(),
        scope: 'profile:read payments:write',
        client_id: 'quayside',
        iat: now(),
        exp: now() + 600,
        ...claims,
      };
      return new SignJWT(payload)
        .setProtectedHeader({ alg: 'EdDSA', kid, typ: 'at+jwt', ...header })
        .sign(key);
    },
  };
}

/** Where keys are fetched from: counts, and fails or changes on request. */
export function keySource(...signers: ReturnType<typeof signer>[]) {
  const jwks: JSONWebKeySet = { keys: signers.map(({ jwk }) => jwk) };
  const source = {
    fetches: 0,
    failing: false,
    jwks,
    fetchJwks: (): Promise<JSONWebKeySet> => {
      source.fetches += 1;
      return source.failing
        ? Promise.reject(new Error('auth is away'))
        : Promise.resolve(source.jwks);
    },
  };
  return source;
}

/** A verifier of the tokens that `signer` signs. */
export const verifierOf = (
  source: ReturnType<typeof keySource>,
  options: Partial<TokenVerifierOptions> = {},
) =>
  createTokenVerifier({
    fetchJwks: source.fetchJwks,
    issuer: 'quayside',
    audience: 'quayside',
    ...options,
  });
