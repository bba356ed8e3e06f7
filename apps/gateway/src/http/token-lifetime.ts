import { QuaysideError } from '@quayside/errors';
import type { TokenVerifier } from '@quayside/identity';
import { logger } from '@quayside/telemetry';

/** Tokens are taken for so much less than ended sessions are remembered: clocks differ a little. */
const MARGIN_SECONDS = 30;

/** For how long tokens are taken at most, whatever they say themselves. */
const mostSeconds = (revocationSeconds: number) => revocationSeconds - MARGIN_SECONDS;

/** For how many seconds a new token is taken here, of those that auth says it lives for: no client is told of more. */
export const takenFor =
  (revocationSeconds: number) =>
  (lifetimeSeconds: number): number =>
    Math.min(lifetimeSeconds, mostSeconds(revocationSeconds));

/**
 * The same verifier, but no token outlives what is remembered of ended sessions, whatever it says itself: else one of an
 * ended session would be taken again once its end is forgotten. With the settings as they should be no token notices.
 */
export function endingBeforeForgotten(
  verifier: TokenVerifier,
  revocationSeconds: number,
): TokenVerifier {
  let told = false;
  return {
    async verify(token) {
      const caller = await verifier.verify(token);
      const { issuedAt, expiresAt = Infinity } = caller;
      const lastSecond = issuedAt + mostSeconds(revocationSeconds);
      if (expiresAt <= lastSecond) return caller;
      if (!told) {
        const lifetimeSeconds = expiresAt - issuedAt;
        logger.warn(
          { lifetimeSeconds, revocationSeconds },
          'Access tokens live for too long and are taken for less: set REVOCATION_SECONDS to their lifetime and a minute more',
        );
        told = true;
      }
      if (Date.now() / 1000 <= lastSecond) return { ...caller, expiresAt: lastSecond };
      throw new QuaysideError('unauthenticated', 'The access token is too old. Refresh it.');
    },
  };
}
