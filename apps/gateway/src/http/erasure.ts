import { QuaysideError } from '@quayside/errors';
import type { Downstream } from '../downstream';
import type { UserOperation } from './operation';

interface ErasureDependencies extends Pick<Downstream, 'auth' | 'payments'> {
  /** How recent the sign-in must be, in seconds. */
  signInSeconds: number;
}

/**
 * The end of a user. Payments decides, and once it has closed the accounts the rest follows by events and needs nobody to
 * ask for it: users, auth and the feed erase what they have, whatever is down at the moment.
 */
export function erasureOperations({ auth, payments, signInSeconds }: ErasureDependencies) {
  return {
    async deleteOwnUser(_request, response, caller) {
      const { result } = await auth.CheckRecentSignIn({ maxAgeSeconds: signInSeconds }, { caller });
      // Then the accounts are closed: this is the same wish once more.
      if (result !== 'RECENT_SIGN_IN_IDENTITY_DELETED') {
        refuseUnlessRecent(result);
        await payments.CloseAccounts({}, { caller });
      }
      response.status(204).end();
    },
  } satisfies Record<string, UserOperation>;
}

function refuseUnlessRecent(result: string): void {
  if (result === 'RECENT_SIGN_IN_RECENT') return;
  if (result === 'RECENT_SIGN_IN_TOO_OLD') {
    throw new QuaysideError('sign_in_again', 'Sign in once more, then delete with that token.');
  }
  throw new QuaysideError('unauthenticated', 'The session has ended. Sign in again.');
}
