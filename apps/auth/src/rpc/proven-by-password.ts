import { QuaysideError } from '@quayside/errors';
import { proofThrottle } from '../domain/throttle';
import { credentialsOf, type StoredCredentials } from '../store/identities';
import type { AuthDependencies } from './dependencies';
import { forgive, throttled } from './throttled';

/**
 * The credentials of a signed-in user who has given their password once more. Throws wrong_password, and rate_limited
 * after some of them: a stolen token is no place to guess from.
 */
export async function provenByPassword(
  { database, passwords }: AuthDependencies,
  userId: string,
  password: string,
  deadline: Date,
): Promise<StoredCredentials> {
  const throttle = proofThrottle('password', userId);
  const known = await throttled(
    { database, throttles: [throttle], failures: ['wrong_password'], deadline },
    async () => {
      const found = await credentialsOf(database, userId, deadline);
      const matches = await passwords.matches(found?.passwordHash, password, deadline);
      if (found && matches) return found;
      throw new QuaysideError('wrong_password', 'The current password is wrong.');
    },
  );
  await forgive(database, throttle, deadline);
  return known;
}
