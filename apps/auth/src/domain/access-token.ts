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

/**
 * How sure we are of who the user is, by the authenticator assurance levels of NIST SP 800-63B: `aal1`, one factor
 * (the password); `aal2`, a second factor as well.
 */
export type AssuranceLevel = 'aal1' | 'aal2';

/** Who a token is for. */
export interface TokenSubject {
  userId: string;
  /** The session, or the API key, that the token ends with. */
  sessionId: string;
  /** The program; absent: Quayside's own. */
  clientId?: string;
  scopes: readonly string[];
  /** Whether the user has a second factor, given or not. */
  secondFactor: boolean;
  /** How sure it is who they are, and since when; absent for a machine. */
  authentication?: { assurance: AssuranceLevel; at: Date };
}

const inSeconds = (time: Date): number => Math.floor(time.getTime() / 1000);

/** A signed access token (RFC 9068 profile), good from `now` on for the terms' lifetime. */
export function signAccessToken(
  key: SigningKey,
  terms: TokenTerms,
  subject: TokenSubject,
  now: Date,
): Promise<string> {
  const issuedAt = inSeconds(now);
  const { authentication } = subject;
  return new SignJWT({
    sid: subject.sessionId,
    scope: subject.scopes.join(' '),
    client_id: subject.clientId ?? 'quayside',
    second_factor: subject.secondFactor,
    ...(authentication && {
      acr: authentication.assurance,
      auth_time: inSeconds(authentication.at),
    }),
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
