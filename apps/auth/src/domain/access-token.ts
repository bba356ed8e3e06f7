import { SignJWT, type CryptoKey } from 'jose';
import { v4 } from 'uuid';

/** The key that signs now. */
export interface SigningKey {
  kid: string;
  privateKey: CryptoKey;
}

/** What every token of this deployment says. */
export interface TokenTerms {
  issuer: string;
  audience: string;
  /** Lifetime of an access token, in seconds. */
  lifetimeSeconds: number;
}

/** Who a token is for. */
export interface TokenSubject {
  userId: string;
  sessionId: string;
  scopes: readonly string[];
}

/** A signed access token (RFC 9068 profile), good from `now` on for the terms' lifetime. */
export function signAccessToken(
  key: SigningKey,
  terms: TokenTerms,
  subject: TokenSubject,
  now: Date,
): Promise<string> {
  const issuedAt = Math.floor(now.getTime() / 1000);
  return new SignJWT({
    sid: subject.sessionId,
    scope: subject.scopes.join(' '),
    client_id: 'quayside',
  })
    .setProtectedHeader({ alg: 'EdDSA', kid: key.kid, typ: 'at+jwt' })
    .setIssuer(terms.issuer)
    .setAudience(terms.audience)
    .setSubject(subject.userId)
    .setJti(v4())
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + terms.lifetimeSeconds)
    .sign(key.privateKey);
}
