import type { auth } from '@quayside/contracts';
import { signAccessToken } from '../domain/access-token';
import { scopesOf, type Role } from '../domain/roles';
import type { AuthDependencies } from './dependencies';

/** A session's tokens as they go over the wire. */
export async function tokensFor(
  { keys, terms }: Pick<AuthDependencies, 'keys' | 'terms'>,
  { userId, sessionId, role }: { userId: string; sessionId: string; role: Role },
  refreshToken: string,
): Promise<auth.Tokens> {
  const subject = { userId, sessionId, scopes: scopesOf(role) };
  const accessToken = await signAccessToken(await keys.signingKey(), terms, subject, new Date());
  return { accessToken, refreshToken, expiresInSeconds: terms.lifetimeSeconds };
}
