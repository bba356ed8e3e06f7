import { toTimestamp, type payments } from '@quayside/contracts';
import { QuaysideError } from '@quayside/errors';
import type { CallContext } from '@quayside/rpc';
import { logger } from '@quayside/telemetry';
import { recordFact } from '../card/record-fact';
import { findCardTopUp, findGivenUp, type GivenUp } from '../store/card-top-ups';
import type { PaymentsDependencies } from './dependencies';
import { existingId, notFound } from './identifier';
import { topUpToWire } from './wire';

const toWire = (topUp: GivenUp): payments.TopUpNeedingAttention => ({
  topUp: topUpToWire(topUp),
  userId: topUp.userId,
  accountId: topUp.accountId,
  reason: topUp.reason,
  since: toTimestamp(topUp.changedAt),
  chargeId: topUp.chargeId ?? '',
});

/** Card top-ups that were given up, for an operator. */
export async function listTopUpsNeedingAttention(
  { database }: PaymentsDependencies,
  request: payments.ListTopUpsNeedingAttentionRequest__Output,
  { deadline }: CallContext,
): Promise<payments.ListTopUpsNeedingAttentionResponse> {
  const limit = request.limit === 0 ? 20 : request.limit;
  if (limit < 1 || limit > 100) {
    throw new QuaysideError('invalid_request', 'The limit is 1 to 100.');
  }
  const { topUps, total } = await database.transaction((tx) => findGivenUp(tx, limit), {
    deadline,
  });
  return { topUps: topUps.map(toWire), total };
}

/** Tries again with a card top-up that was given up, for an operator. */
export async function resumeTopUp(
  { database }: PaymentsDependencies,
  request: payments.ResumeTopUpRequest__Output,
  { userId, deadline }: CallContext,
): Promise<payments.ResumeTopUpResponse> {
  const operatorUserId = userId();
  const topUpId = existingId(request.topUpId, 'top-up');
  await database.transaction(
    async (tx) => {
      const saga = await findCardTopUp(tx, topUpId, { lock: true });
      if (!saga) throw notFound('top-up');
      if (!(await recordFact(tx, saga, { kind: 'resumed' }, 0))) {
        throw new QuaysideError('not_possible', 'The top-up does not wait for anybody.');
      }
    },
    { deadline },
  );
  logger.info({ topUpId, operatorUserId }, 'A card top-up is tried again');
  return {};
}
