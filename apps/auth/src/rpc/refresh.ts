import type { auth } from '@quayside/contracts';
import type { Transaction } from '@quayside/database';
import { QuaysideError } from '@quayside/errors';
import { appendToOutbox } from '@quayside/messaging';
import type { CallContext } from '@quayside/rpc';
import { logger } from '@quayside/telemetry';
import { clientOf } from '../domain/client';
import { isRefreshToken, judge, newRefreshToken, refreshTokenHash } from '../domain/refresh-token';
import { sessionEnded } from '../events/session-ended';
import {
  endSessionOfToken,
  lockFamily,
  rotateToken,
  type SignedInSession,
} from '../store/sessions';
import type { AuthDependencies } from './dependencies';
import { tokensFor } from './tokens';

type Outcome =
  | { kind: 'rotated'; session: SignedInSession }
  | { kind: 'reused'; sessionId: string }
  | { kind: 'refused' };

/** Exchanges a refresh token. One that was exchanged before ends its whole family, unless its answer was lost just now. */
export async function refresh(
  dependencies: AuthDependencies,
  request: auth.RefreshRequest__Output,
  { deadline }: CallContext,
): Promise<auth.RefreshResponse> {
  const { database, lifetimes, metrics } = dependencies;
  const successor = newRefreshToken();
  const outcome: Outcome = isRefreshToken(request.refreshToken)
    ? await database.transaction((tx) => exchange(tx, request, successor, lifetimes.idleSeconds), {
        deadline,
      })
    : { kind: 'refused' };
  metrics.refreshed(outcome.kind);
  if (outcome.kind === 'reused') {
    logger.warn({ sessionId: outcome.sessionId }, 'a refresh token was used twice; session ended');
  }
  if (outcome.kind !== 'rotated') {
    throw new QuaysideError('unauthenticated', 'The refresh token is not valid; sign in again.');
  }
  return {
    userId: outcome.session.userId,
    tokens: await tokensFor(dependencies, outcome.session, successor),
  };
}

// Reports a refusal instead of throwing it: the end of a family has to be committed.
async function exchange(
  tx: Transaction,
  { refreshToken, client }: auth.RefreshRequest__Output,
  successor: string,
  idleSeconds: number,
): Promise<Outcome> {
  const presented = refreshTokenHash(refreshToken);
  const found = await lockFamily(tx, presented);
  if (!found) return { kind: 'refused' };
  const { token, ...session } = found;
  const verdict = judge(token);
  if (verdict === 'refused') return { kind: 'refused' };
  if (verdict === 'exchange') {
    const exchanged = {
      presented,
      successor: refreshTokenHash(successor),
      client: clientOf(client),
    };
    await rotateToken(tx, exchanged, idleSeconds);
    return { kind: 'rotated', session };
  }
  const ended = await endSessionOfToken(tx, presented, 'token_reused');
  if (ended) await appendToOutbox(tx, sessionEnded(ended));
  return { kind: 'reused', sessionId: session.sessionId };
}
