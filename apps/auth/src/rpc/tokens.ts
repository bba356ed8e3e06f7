import type { auth } from '@quayside/contracts';
import { CUSTOMER_SCOPES, signAccessToken } from '../domain/access-token';
import type { AuthDependencies } from './dependencies';

/** A session's tokens as they go over the wire. */
export async function tokensFor(
  { keys, terms }: Pick<AuthDependencies, 'keys' | 'terms'>,
  session: { userId: string; sessionId: string },
  refreshToken: string,
): Promise<auth.Tokens> {
  const subject = { ...session, scopes: CUSTOMER_SCOPES };
  const accessToken = await signAccessToken(await keys.signingKey(), terms, subject, new Date());
  return { accessToken, refreshToken, expiresInSeconds: terms.lifetimeSeconds };
}
