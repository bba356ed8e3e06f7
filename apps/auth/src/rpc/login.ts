import type { auth } from '@quayside/contracts';
import { QuaysideError } from '@quayside/errors';
import type { CallContext } from '@quayside/rpc';
import { logger } from '@quayside/telemetry';
import { normaliseEmail } from '../domain/email';
import { isOutdated } from '../domain/password-hasher';
import { normalisePassword } from '../domain/password-policy';
import { findCredentials, replaceHash, type StoredCredentials } from '../store/identities';
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
  await renewHash(dependencies, known, request.password, deadline);
  return {
    userId: known.userId,
    tokens: await tokensFor(dependencies, session, session.refreshToken),
  };
}

// The password is at hand now and at no other time. Whoever knows it is signed in, whatever becomes of this.
async function renewHash(
  { database, passwords }: AuthDependencies,
  { userId, passwordHash: from }: StoredCredentials,
  password: string,
  deadline: Date,
): Promise<void> {
  if (!isOutdated(from)) return;
  try {
    const to = await passwords.hash(normalisePassword(password), deadline);
    await replaceHash(database, { userId, from, to });
  } catch (error) {
    logger.warn({ error }, 'A password hash of old parameters stays until the next sign-in');
  }
}
