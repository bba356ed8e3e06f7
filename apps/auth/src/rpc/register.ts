import type { auth } from '@quayside/contracts';
import type { Transaction } from '@quayside/database';
import { QuaysideError } from '@quayside/errors';
import { appendToOutbox } from '@quayside/messaging';
import type { CallContext } from '@quayside/rpc';
import { clientOf } from '../domain/client';
import { acceptablePassword } from '../domain/common-passwords';
import { checkedEmail, normaliseEmail } from '../domain/email';
import { announcedSignUp, checkedSignUp } from '../domain/sign-up';
import { signUpThrottles } from '../domain/throttle';
import { identityRegistered } from '../events/identity-registered';
import { insertIdentity } from '../store/identities';
import type { AuthDependencies } from './dependencies';
import { newSession } from './new-session';
import { throttled } from './throttled';
import { tokensFor } from './tokens';

/**
 * Makes an identity, its first session and the event that announces it, in one transaction. Who is told again and again that
 * an address is registered has to wait.
 */
export function register(
  dependencies: AuthDependencies,
  request: auth.RegisterRequest__Output,
  context: CallContext,
): Promise<auth.RegisterResponse> {
  const { database } = dependencies;
  const { deadline } = context;
  const throttles = signUpThrottles(clientOf(request.client).address);
  return throttled({ database, throttles, failures: ['email_taken'], deadline }, () =>
    signUpWith(dependencies, request, context),
  );
}

async function signUpWith(
  dependencies: AuthDependencies,
  request: auth.RegisterRequest__Output,
  { deadline }: CallContext,
): Promise<auth.RegisterResponse> {
  const { database, passwords, lifetimes, metrics } = dependencies;
  const signUp = checkedSignUp(request);
  const email = checkedEmail(request.email);
  const password = await acceptablePassword(request.password);
  const client = clientOf(request.client);
  const identity = {
    userId: signUp.userId,
    email,
    emailNormalised: normaliseEmail(email),
    passwordHash: await passwords.hash(password, deadline),
  };
  const owner = { userId: signUp.userId, role: 'customer', secondFactor: false } as const;
  const announced = announcedSignUp(signUp, request.displayNameKept);
  const write = async (tx: Transaction) => {
    refuseTaken(await insertIdentity(tx, identity));
    await appendToOutbox(tx, identityRegistered(announced));
    return newSession(tx, { ...owner, client }, lifetimes);
  };
  const session = await database.transaction(write, { deadline });
  metrics.registered();
  return { tokens: await tokensFor(dependencies, session, session.refreshToken) };
}

function refuseTaken(result: Awaited<ReturnType<typeof insertIdentity>>): void {
  if (result === 'email taken') {
    throw new QuaysideError('email_taken', 'This e-mail address is already registered.');
  }
  if (result === 'user id taken') {
    throw new QuaysideError('invalid_request', 'This user id is already registered.', {
      fields: [{ path: '/userId', message: 'is already registered with another e-mail address' }],
    });
  }
}
