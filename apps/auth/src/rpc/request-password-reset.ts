import type { auth } from '@quayside/contracts';
import type { CallContext } from '@quayside/rpc';
import { clientOf } from '../domain/client';
import { checkedEmail, normaliseEmail } from '../domain/email';
import { resetThrottles } from '../domain/throttle';
import { requestReset } from '../store/password-resets';
import type { AuthDependencies } from './dependencies';
import { admit } from './throttled';

/**
 * Notes that a reset is wanted. Whether the address is known is looked up after the answer, when the mail is sent: so the
 * answer is the same, for the same work.
 */
export async function requestPasswordReset(
  { database, resets }: AuthDependencies,
  request: auth.RequestPasswordResetRequest__Output,
  { deadline }: CallContext,
): Promise<auth.RequestPasswordResetResponse> {
  const email = normaliseEmail(checkedEmail(request.email));
  await admit(database, resetThrottles(clientOf(request.client).address), deadline);
  await requestReset(database, email, deadline);
  resets.wake();
  return {};
}
