import { QuaysideError } from '@quayside/errors';
import type { UserCaller } from './caller';
import { CLOCK_SKEW_SECONDS } from './token-verifier';

/** The `acr` of a token whose user has given a second factor (NIST SP 800-63B, authenticator assurance level 2). */
export const STEP_UP_ACR = 'aal2';

/** Throws step_up_required unless the caller has given a second factor within the last `maxAgeSeconds` (RFC 9470). */
export function requireStepUp({ acr, authTime }: UserCaller, maxAgeSeconds: number): void {
  const age = Date.now() / 1000 - (authTime ?? -Infinity);
  if (acr === STEP_UP_ACR && age <= maxAgeSeconds + CLOCK_SKEW_SECONDS) return;
  throw new QuaysideError('step_up_required', 'Give your second factor first, then ask again.');
}

/** The same, but of users who have a second factor alone. */
export function requireStepUpIfEnrolled(caller: UserCaller, maxAgeSeconds: number): void {
  if (caller.secondFactor === true) requireStepUp(caller, maxAgeSeconds);
}
