import type { auth } from '@quayside/contracts';
import { QuaysideError } from '@quayside/errors';
import type { CallContext } from '@quayside/rpc';
import { logger } from '@quayside/telemetry';
import { clientOf, type Client } from '../domain/client';
import { normaliseEmail } from '../domain/email';
import { isOutdated } from '../domain/password-hasher';
import { normalisePassword } from '../domain/password-policy';
import { signInThrottles } from '../domain/throttle';
import {
  findCredentials,
  passwordIsStill,
  replaceHash,
  type StoredCredentials,
} from '../store/identities';
import type { AuthDependencies } from './dependencies';
import { newSession, type NewSession } from './new-session';
import { forgive, throttled } from './throttled';
import { tokensFor } from './tokens';

const refusal = () =>
  new QuaysideError('unauthenticated', 'The e-mail address or the password is wrong.');

/** Starts a session for whoever knows the password; every refusal reads the same and takes the same work. */
export async function login(
  dependencies: AuthDependencies,
  request: auth.LoginRequest__Output,
  { deadline }: CallContext,
): Promise<auth.LoginResponse> {
  const { database, metrics } = dependencies;
  const emailNormalised = normaliseEmail(request.email);
  const client = clientOf(request.client);
  const { address } = client;
  const known = await findCredentials(database, { emailNormalised, address }, deadline);
  const { own, all } = signInThrottles(emailNormalised, address, known?.knownHere ?? false);
  try {
    const session = await throttled(
      { database, throttles: all, failures: ['unauthenticated'], deadline },
      () => signIn(dependencies, known, request.password, client, deadline),
    );
    metrics.signedIn('success');
    await forgive(database, own, deadline);
    await renewHash(dependencies, session, request.password, deadline);
    const tokens = await tokensFor(dependencies, session, session.refreshToken);
    return { userId: session.userId, tokens };
  } catch (error) {
    const code = error instanceof QuaysideError ? error.code : undefined;
    if (code === 'unauthenticated') metrics.signedIn('refused');
    if (code === 'rate_limited') metrics.signedIn('throttled');
    throw error;
  }
}

async function signIn(
  { database, passwords, lifetimes }: AuthDependencies,
  known: StoredCredentials | undefined,
  password: string,
  client: Client,
  deadline: Date,
): Promise<NewSession & StoredCredentials> {
  const matches = await passwords.matches(known?.passwordHash, password, deadline);
  if (!known || !matches) throw refusal();
  const session = await database.transaction(
    async (tx) => {
      if (!(await passwordIsStill(tx, known))) throw refusal();
      return newSession(tx, { ...known, client }, lifetimes);
    },
    { deadline },
  );
  return { ...known, ...session };
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
