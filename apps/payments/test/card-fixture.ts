import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { toTimestamp } from '@quayside/contracts';
import { testCardProcessor, waitFor, type TestCardProcessor } from '@quayside/testing';
import { randomUUID } from 'node:crypto';
import { startPayments, type PaymentsFixture, type TestCustomer } from './fixture';

/** The sandbox's cards, by what they do. */
export const cards = {
  approve: '4242424242424242',
  decline: '4000000000000002',
  slow: '4000000000001018',
  noAnswer: '4000000000001026',
  lostAnswer: '4000000000001034',
  duplicatedWebhook: '4000000000001042',
  earlyWebhook: '4000000000001059',
  outOfOrderWebhooks: '4000000000001067',
  refundFailsAtFirst: '4000000000001075',
};

/** A webhook's body, whose signature somebody else has verified. */
export interface WebhookBody {
  eventId: string;
  type: string;
  createdAt: string;
  chargeId: string;
  chargeKey: string;
  refundId: string;
  amount: string;
  currency: string;
}

/** What a top-up looks like to its customer. */
export interface SeenTopUp {
  topUpId: string;
  status: string;
  failureReason: string;
}

/** Payments with a card processor, and the gateway's part in between. */
export interface CardFixture {
  payments: PaymentsFixture;
  processor: TestCardProcessor;
  /** What has arrived so far, held back or not. */
  webhooks: WebhookBody[];
  /** Hands a webhook to payments, as the gateway does. */
  deliver(webhook: WebhookBody): Promise<boolean>;
  /** From now on webhooks are only noted. */
  holdWebhooks(hold: boolean): void;
  topUp(customer: TestCustomer, card: string, amount?: number, key?: string): Promise<SeenTopUp>;
  read(customer: TestCustomer, topUpId: string): Promise<SeenTopUp>;
  /** Waits until a top-up is decided. */
  decided(customer: TestCustomer, topUpId: string): Promise<SeenTopUp>;
  /** The saga as it is stored. */
  saga(topUpId: string): Promise<{ state: string; reason: string; attempts: number }>;
  /** Charges and refunds that the processor has for a top-up: [status of the charge, number of refunds]. */
  atProcessor(topUpId: string): Promise<[string | undefined, number]>;
  stop(): Promise<void>;
}

/** Quick, so that deadlines pass within a test. */
const quick = {
  CARD_PROCESSOR_TIMEOUT_MS: '400',
  CARD_CHARGE_WITHIN_MS: '1500',
  CARD_CLOCK_MARGIN_MS: '200',
  CARD_RETRY_MS: '50',
  CARD_ATTEMPTS_MAX: '50',
  TOP_UP_WAIT_MS: '1000',
};

interface Listed {
  items: { chargeId: string; key: string; status: string }[];
}

/** Starts everything. */
export async function startCards(
  env: Record<string, string> = {},
  { slowMs = 900 } = {},
): Promise<CardFixture> {
  const webhooks: WebhookBody[] = [];
  let hold = false;
  // Until payments runs: like a customer's server that is down.
  let deliver: CardFixture['deliver'] = () => Promise.reject(new Error('nobody is there yet'));
  const gateway = createServer((request, response) => {
    void text(request).then(async (body) => {
      const webhook = JSON.parse(body) as WebhookBody;
      webhooks.push(webhook);
      const taken =
        hold ||
        (await deliver(webhook)
          .then(() => true)
          .catch(() => false));
      response.writeHead(taken ? 204 : 503).end();
    });
  });
  await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve));
  const webhookUrl = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}/`;
  const processor = await testCardProcessor({ webhookUrl, slowMs });
  const payments = await startPayments({
    CARD_PROCESSOR_URL: processor.url,
    CARD_PROCESSOR_API_KEY: processor.apiKey,
    ...quick,
    ...env,
  });
  deliver = async (webhook) => {
    const { duplicate } = await payments.asGateway.RecordProcessorEvent(
      {
        ...webhook,
        amount: { amount: webhook.amount, currency: webhook.currency },
        occurredAt: toTimestamp(new Date(webhook.createdAt)),
      },
      { asService: true },
    );
    return duplicate;
  };
  const read: CardFixture['read'] = async ({ caller }, topUpId) => {
    const { topUp } = await payments.client.GetTopUp({ topUpId }, { caller });
    return topUp!;
  };
  const list = async (path: string) =>
    ((await (await processor.ask(`${path}?limit=500`)).json()) as Listed).items;
  return {
    ...{ payments, processor, webhooks, deliver, read },
    holdWebhooks: (wanted) => void (hold = wanted),
    async topUp({ caller }, card, amount = 1000, idempotencyKey = randomUUID()) {
      const money = { amount: String(amount), currency: 'EUR' };
      const cardToken = card.startsWith('tok_') ? card : await processor.token(card);
      const { topUp } = await payments.client.CreateTopUp(
        { idempotencyKey, amount: money, cardToken },
        { caller },
      );
      return topUp!;
    },
    decided: (customer, topUpId) =>
      waitFor(
        async () => {
          const topUp = await read(customer, topUpId);
          return topUp.status !== 'TOP_UP_STATUS_PENDING' && topUp;
        },
        { timeoutMs: 20_000, description: 'the top-up to be decided' },
      ),
    async saga(topUpId) {
      const [row] = await payments.database.query<Awaited<ReturnType<CardFixture['saga']>>>(
        'SELECT state, reason, attempts FROM card_top_ups WHERE top_up_id = $1',
        [topUpId],
      );
      return row!;
    },
    async atProcessor(topUpId) {
      const [charges, refunds] = [await list('/v1/charges'), await list('/v1/refunds')];
      const mine = charges.filter(({ key }) => key === topUpId);
      if (mine.length > 1) throw new Error('charged twice');
      const [charge] = mine;
      return [
        charge?.status,
        refunds.filter(({ chargeId }) => chargeId === charge?.chargeId).length,
      ];
    },
    async stop() {
      await payments.stop();
      await processor.stop();
      gateway.closeAllConnections();
      await new Promise((resolve) => gateway.close(resolve));
    },
  };
}
