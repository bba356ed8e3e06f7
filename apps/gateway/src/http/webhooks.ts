import { QuaysideError } from '@quayside/errors';
import { rawBodyOf } from '@quayside/http';
import type { Downstream } from '../downstream';
import type { PublicOperation } from './operation';
import { verifySignature } from './webhook-signature';
import { timeFromJson } from './wire';

/** The path of the card processor's webhook: its signature is over the bytes of the body. */
export const CARD_PROCESSOR_WEBHOOK = '/api/v1/webhooks/card-processor';

interface CardProcessorEvent {
  eventId: string;
  type: string;
  createdAt: string;
  chargeId: string;
  chargeKey: string;
  refundId: string;
  amount: string;
  currency: string;
}

interface WebhookDependencies extends Pick<Downstream, 'payments'> {
  settings: {
    CARD_PROCESSOR_WEBHOOK_SECRET?: string;
    CARD_PROCESSOR_WEBHOOK_SECRET_OLD?: string;
    CARD_PROCESSOR_WEBHOOK_WINDOW_MS: number;
  };
}

/** What outside companies tell us. They are answered when it is stored. */
export function webhookOperations({ payments, settings }: WebhookDependencies) {
  const secrets = [
    settings.CARD_PROCESSOR_WEBHOOK_SECRET,
    settings.CARD_PROCESSOR_WEBHOOK_SECRET_OLD,
  ].filter((secret) => secret !== undefined);
  const windowMs = settings.CARD_PROCESSOR_WEBHOOK_WINDOW_MS;
  return {
    async receiveCardProcessorEvent(request, response) {
      if (secrets.length === 0) throw new QuaysideError('not_found', 'No cards are taken here.');
      const signature = request.get('card-processor-signature') ?? '';
      verifySignature(signature, rawBodyOf(request), { secrets, windowMs });
      const event = request.body as CardProcessorEvent;
      const { eventId, type, chargeId, chargeKey, refundId, amount, currency } = event;
      await payments.RecordProcessorEvent(
        {
          ...{ eventId, type, chargeId, chargeKey, refundId, amount: { amount, currency } },
          occurredAt: timeFromJson(event.createdAt),
        },
        { asService: true },
      );
      response.status(204).end();
    },
  } satisfies Record<string, PublicOperation>;
}
