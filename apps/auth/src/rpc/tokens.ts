import type { auth } from '@quayside/contracts';
import { signAccessToken } from '../domain/access-token';
import { scopesOf } from '../domain/roles';
import type { SignedInSession } from '../store/sessions';
import type { AuthDependencies } from './dependencies';

/** A session's tokens as they go over the wire. */
export async function tokensFor(
  { keys, terms }: Pick<AuthDependencies, 'keys' | 'terms'>,
  session: SignedInSession,
  refreshToken: string,
): Promise<auth.Tokens> {
  const { userId, sessionId, role, signedInAt } = session;
  const subject = {
    userId,
    sessionId,
    scopes: scopesOf(role),
    assurance: 'aal1',
    authenticatedAt: signedInAt,
  } as const;
  const accessToken = await signAccessToken(await keys.signingKey(), terms, subject, new Date());
  return { accessToken, refreshToken, expiresInSeconds: terms.lifetimeSeconds };
}
