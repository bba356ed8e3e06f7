import type { auth } from '@quayside/contracts';
import type { Database } from '@quayside/database';
import { QuaysideError } from '@quayside/errors';
import type { CallContext } from '@quayside/rpc';
import { signInAge } from '../store/sessions-of';

const results = {
  recent: 'RECENT_SIGN_IN_RECENT',
  'too old': 'RECENT_SIGN_IN_TOO_OLD',
  ended: 'RECENT_SIGN_IN_ENDED',
  'identity deleted': 'RECENT_SIGN_IN_IDENTITY_DELETED',
} as const;

/** Whether the session of the caller's token began with a sign-in a short while ago. */
export async function checkRecentSignIn(
  { database }: { database: Database },
  { maxAgeSeconds }: auth.CheckRecentSignInRequest__Output,
  { caller, deadline }: CallContext,
): Promise<auth.CheckRecentSignInResponse> {
  if (caller.kind !== 'user') {
    throw new QuaysideError('forbidden', 'Only a signed-in user may call this.');
  }
  return { result: results[await signInAge(database, caller, maxAgeSeconds, deadline)] };
}
