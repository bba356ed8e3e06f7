import type { auth } from '@quayside/contracts';
import { QuaysideError } from '@quayside/errors';
import type { CallContext } from '@quayside/rpc';
import { normaliseEmail } from '../domain/email';
import { findCredentials } from '../store/identities';
import type { AuthDependencies } from './dependencies';
import { newSession } from './new-session';
import { tokensFor } from './tokens';

/** Starts a session for whoever knows the password; every refusal reads the same and takes the same work. */
export async function login(
  dependencies: AuthDependencies,
  request: auth.LoginRequest__Output,
  { deadline }: CallContext,
): Promise<auth.LoginResponse> {
  const { database, passwords, lifetimes, metrics } = dependencies;
  const known = await findCredentials(database, normaliseEmail(request.email), deadline);
  const matches = await passwords.matches(known?.passwordHash, request.password, deadline);
  if (!known || !matches) {
    metrics.signedIn('refused');
    throw new QuaysideError('unauthenticated', 'The e-mail address or the password is wrong.');
  }
  const session = await database.transaction((tx) => newSession(tx, known, lifetimes), {
    deadline,
  });
  metrics.signedIn('success');
  return {
    userId: known.userId,
    tokens: await tokensFor(dependencies, session, session.refreshToken),
  };
}
