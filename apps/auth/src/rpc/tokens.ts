import type { auth } from '@quayside/contracts';
import { QuaysideError } from '@quayside/errors';
import { STEP_UP_ACR } from '@quayside/identity';
import { signAccessToken } from '../domain/access-token';
import { scopesOf } from '../domain/roles';
import { credentialsOf } from '../store/identities';
import type { SignedInSession } from '../store/sessions';
import type { AuthDependencies } from './dependencies';
import type { OwnSession } from './own-session';

/** A session's tokens as they go over the wire. */
export async function tokensFor(
  { keys, terms }: Pick<AuthDependencies, 'keys' | 'terms'>,
  session: SignedInSession,
  refreshToken: string,
): Promise<auth.Tokens> {
  const { userId, sessionId, role, signedInAt, secondFactor } = session;
  const subject = {
    userId,
    sessionId,
    scopes: scopesOf(role),
    secondFactor,
    authentication: { assurance: 'aal1', at: signedInAt },
  } as const;
  const accessToken = await signAccessToken(await keys.signingKey(), terms, subject, new Date());
  return { accessToken, refreshToken, expiresInSeconds: terms.lifetimeSeconds };
}

/** An access token of a session whose user has just given the second factor. A refresh gives one without again. */
export async function steppedUpToken(
  { database, keys, terms }: Pick<AuthDependencies, 'database' | 'keys' | 'terms'>,
  session: OwnSession,
  deadline: Date,
): Promise<{ accessToken: string; expiresInSeconds: number }> {
  const now = new Date();
  const known = await credentialsOf(database, session.userId, deadline);
  if (!known) throw new QuaysideError('unauthenticated', 'The identity does not exist any more.');
  const subject = {
    ...session,
    scopes: scopesOf(known.role),
    secondFactor: true,
    authentication: { assurance: STEP_UP_ACR, at: now },
  } as const;
  const accessToken = await signAccessToken(await keys.signingKey(), terms, subject, now);
  return { accessToken, expiresInSeconds: terms.lifetimeSeconds };
}
