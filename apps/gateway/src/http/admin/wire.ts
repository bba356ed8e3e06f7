import type { auth } from '@quayside/contracts';
import type { LoggedAct } from '../../store/operator-log';
import { timeToJson } from '../wire';

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

/** A line of the operator log. */
export function loggedActToJson({ position: _, at, ...act }: LoggedAct) {
  return { ...act, at: at.toISOString() };
}
