import type { Downstream } from '../../downstream';
import type { UserOperation } from '../operation';
import type { OnTheRecord } from './on-the-record';
import { topUpNeedingAttentionToJson } from './wire';

/** What operators may see and do of card top-ups that were given up. */
export function adminTopUpOperations({
  payments,
  onTheRecord,
}: Pick<Downstream, 'payments'> & { onTheRecord: OnTheRecord }) {
  return {
    async listTopUpsNeedingAttention(request, response, caller) {
      const { limit } = request.query as unknown as { limit: number };
      const wanted = { action: 'list_top_ups_needing_attention' } as const;
      const { topUps, total } = await onTheRecord(caller, wanted, () =>
        payments.ListTopUpsNeedingAttention({ limit }, { caller }),
      );
      response.json({ items: topUps.map(topUpNeedingAttentionToJson), total });
    },

    async resumeTopUp(request, response, caller) {
      const { topUpId } = request.params as { topUpId: string };
      const { reason } = request.body as { reason: string };
      const wanted = { action: 'resume_top_up', subjectTopUpId: topUpId, reason } as const;
      await onTheRecord(caller, wanted, () => payments.ResumeTopUp({ topUpId }, { caller }));
      response.status(204).end();
    },
  } satisfies Record<string, UserOperation>;
}
