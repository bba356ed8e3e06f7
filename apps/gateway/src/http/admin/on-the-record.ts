import type { Database } from '@quayside/database';
import { QuaysideError } from '@quayside/errors';
import type { UserCaller } from '@quayside/identity';
import { currentTraceId, logger, metrics } from '@quayside/telemetry';
import { logAct, logOutcome, type OperatorAct } from '../../store/operator-log';

const LOG_DEADLINE_MS = 5000;
const soon = () => new Date(Date.now() + LOG_DEADLINE_MS);

/** What an operator wants, without what is known of the operator anyway. */
export type Wanted = Omit<OperatorAct, 'operatorUserId' | 'traceId'>;

/** Does something on behalf of an operator, with a line in the log. */
export type OnTheRecord = <Answer>(
  caller: UserCaller,
  wanted: Wanted,
  work: () => Promise<Answer>,
) => Promise<Answer>;

/**
 * Writes down what is wanted, does it, and writes down how it ended. What cannot be written down is not done. When the end
 * cannot be written down the line stays without one, and the answer is what was done nevertheless.
 */
export function createOnTheRecord(database: Database): OnTheRecord {
  const acts = metrics.counter('gateway_operator_acts_total', 'What operators did and looked at', [
    'action',
    'outcome',
  ]);

  async function ended(position: bigint, action: string, outcome: string): Promise<void> {
    acts.inc({ action, outcome });
    try {
      await logOutcome(database, position, outcome, soon());
    } catch (error) {
      logger.warn({ error, position }, 'A line of the operator log stays without its outcome');
    }
  }

  return async (caller, wanted, work) => {
    const act = { ...wanted, operatorUserId: caller.userId, traceId: currentTraceId() ?? '' };
    const position = await logAct(database, act, soon());
    try {
      const answer = await work();
      await ended(position, wanted.action, 'done');
      return answer;
    } catch (error) {
      const code = error instanceof QuaysideError ? error.code : 'internal';
      await ended(position, wanted.action, code);
      throw error;
    }
  };
}
