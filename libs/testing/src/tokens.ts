import { createPublicKey, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';
import { createServiceTokens, createTokenVerifier } from '@quayside/identity';
import { SignJWT, type JSONWebKeySet } from 'jose';
import { v7 } from 'uuid';

/** What a test wants its user's token to say; everything else is as auth would issue it. */
export interface TokenClaims {
  /** Default: a new id. */
  userId?: string;
  /** Default: every scope of a customer. */
  scopes?: string[];
  sessionId?: string;
  /** Seconds until it ends, negative for one that has ended; default 600. */
  expiresIn?: number;
  /** Default: now. */
  issuedSecondsAgo?: number;
  issuer?: string;
  audience?: string;
  /** `aal2`: a second factor was given. */
  acr?: string;
  /** When they proved who they are, in seconds since the epoch. */
  authTime?: number;
  /** Whether the user has a second factor. */
  secondFactor?: boolean;
}

/** Tokens signed by keys that exist for one test only. */
export interface TestTokens {
  /** Accepts this object's user tokens. */
  verifier: ReturnType<typeof createTokenVerifier>;
  jwks: JSONWebKeySet;
  /** A signed access token (without `Bearer`). */
  userToken(claims?: TokenClaims): Promise<string>;
  /** The tokens by which a service proves itself to the others. */
  serviceTokens(service: string): ReturnType<typeof createServiceTokens>;
  /** The same with user tokens signed by another key: the one of a service that believes no other. */
  signedBy(key: UserKey): TestTokens;
  /** The settings under which a service accepts all of these. */
  env: { SERVICE_TOKEN_SECRET: string; TOKEN_ISSUER: string; TOKEN_AUDIENCE: string };
}

/** A private key (Ed25519) and the name that it is published by. */
export interface UserKey {
  kid: string;
  privateKey: KeyObject;
}

const customerScopes = [
  'identity:read',
  'identity:write',
  'profile:read',
  'profile:write',
  'accounts:read',
  'payments:write',
  'activity:read',
];

/** Every scope there is: what an administrator has. */
export const everyScope = [...customerScopes, 'ops:read', 'ops'];

/** Makes keys and what belongs to them. */
export function testTokens(): TestTokens {
  const { privateKey } = generateKeyPairSync('ed25519');
  const kid = randomBytes(8).toString('hex');
  return tokensOf({ kid, privateKey }, randomBytes(32).toString('base64url'));
}

function tokensOf({ kid, privateKey }: UserKey, secret: string): TestTokens {
  const publicJwk = createPublicKey(privateKey).export({ format: 'jwk' });
  const jwks: JSONWebKeySet = {
    keys: [{ ...publicJwk, kty: 'OKP', kid, alg: 'EdDSA', use: 'sig' }],
  };
  const [issuer, audience] = ['quayside', 'quayside'];
  return {
    jwks,
    verifier: createTokenVerifier({ fetchJwks: () => Promise.resolve(jwks), issuer, audience }),
    userToken: (claims = {}) => {
      const now = Math.floor(Date.now() / 1000);
      return new SignJWT({
        sid: claims.sessionId ?? v7(),
        scope: (claims.scopes ?? customerScopes).join(' '),
        client_id: 'quayside',
        acr: claims.acr,
        auth_time: claims.authTime,
        second_factor: claims.secondFactor,
      })
        .setProtectedHeader({ alg: 'EdDSA', kid, typ: 'at+jwt' })
        .setIssuer(claims.issuer ?? issuer)
        .setAudience(claims.audience ?? audience)
        .setSubject(claims.userId ?? v7())
        .setJti(v7())
        .setIssuedAt(now - (claims.issuedSecondsAgo ?? 0))
        .setExpirationTime(now + (claims.expiresIn ?? 600))
        .sign(privateKey);
    },
    signedBy: (key) => tokensOf(key, secret),
    serviceTokens: (service) => createServiceTokens({ secret, service }),
    env: { SERVICE_TOKEN_SECRET: secret, TOKEN_ISSUER: issuer, TOKEN_AUDIENCE: audience },
  };
}
