import type { auth } from '@quayside/contracts';
import { QuaysideError } from '@quayside/errors';
import { appendToOutbox } from '@quayside/messaging';
import type { CallContext } from '@quayside/rpc';
import { refuseCommonPassword } from '../domain/common-passwords';
import { checkedEmail, normaliseEmail } from '../domain/email';
import { checkedPassword } from '../domain/password-policy';
import { announcedSignUp, checkedSignUp } from '../domain/sign-up';
import { identityRegistered } from '../events/identity-registered';
import { insertIdentity } from '../store/identities';
import type { AuthDependencies } from './dependencies';
import { newSession } from './new-session';
import { tokensFor } from './tokens';

/** Makes an identity, its first session and the event that announces it, in one transaction. */
export async function register(
  dependencies: AuthDependencies,
  request: auth.RegisterRequest__Output,
  { deadline }: CallContext,
): Promise<auth.RegisterResponse> {
  const { database, passwords, lifetimes, metrics } = dependencies;
  const signUp = checkedSignUp(request);
  const email = checkedEmail(request.email);
  const password = checkedPassword(request.password);
  await refuseCommonPassword(password);
  const identity = {
    userId: signUp.userId,
    email,
    emailNormalised: normaliseEmail(email),
    passwordHash: await passwords.hash(password, deadline),
  };
  const session = await database.transaction(
    async (tx) => {
      refuseTaken(await insertIdentity(tx, identity));
      const announced = announcedSignUp(signUp, request.displayNameKept);
      await appendToOutbox(tx, identityRegistered(announced));
      return newSession(tx, { userId: signUp.userId, role: 'customer' }, lifetimes);
    },
    { deadline },
  );
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
