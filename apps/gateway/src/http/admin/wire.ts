import type { auth, payments } from '@quayside/contracts';
import type { LoggedAct } from '../../store/operator-log';
import { present, timeToJson, topUpToJson } from '../wire';

/** A session as operators see it. */
export function operatorSessionToJson(session: auth.OperatorSession__Output) {
  return {
    sessionId: session.sessionId,
    createdAt: timeToJson(session.createdAt),
    lastUsedAt: timeToJson(session.lastUsedAt),
    expiresAt: timeToJson(session.expiresAt),
    endedAt: session.endedAt ? timeToJson(session.endedAt) : null,
    endReason: session.endReason === '' ? null : session.endReason,
  };
}

/** A card top-up that was given up. */
export function topUpNeedingAttentionToJson(given: payments.TopUpNeedingAttention__Output) {
  return {
    topUp: topUpToJson(present(given.topUp, 'the top-up')),
    userId: given.userId,
    accountId: given.accountId,
    reason: given.reason,
    since: timeToJson(given.since),
    chargeId: given.chargeId === '' ? null : given.chargeId,
  };
}

/** A line of the operator log. */
export function loggedActToJson({ position: _, at, ...act }: LoggedAct) {
  return { ...act, at: at.toISOString() };
}
