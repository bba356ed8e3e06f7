import { fromTimestamp, type payments } from '@quayside/contracts';
import type { Transaction } from '@quayside/database';
import { QuaysideError } from '@quayside/errors';
import type { CallContext } from '@quayside/rpc';
import { childLogger } from '@quayside/telemetry';
import { factOfCharge } from '../card/ask-processor';
import { recordFact } from '../card/record-fact';
import type { CardTopUp, Fact } from '../domain/card-top-up';
import { findCardTopUp } from '../store/card-top-ups';
import {
  insertProcessorEvent,
  toldOfMismatchUndone,
  type ProcessorEvent,
} from '../store/processor-events';
import type { PaymentsDependencies } from './dependencies';
import { isId } from './identifier';
import { checkedText } from './text';

const log = childLogger({ component: 'card top-ups' });

const text = (value: string, path: string, min = 1) => checkedText(value, { path, min, max: 255 });

function received(request: payments.RecordProcessorEventRequest__Output): ProcessorEvent {
  if (!request.amount || !request.occurredAt) {
    throw new QuaysideError('invalid_request', 'An event has an amount and a time.');
  }
  return {
    eventId: text(request.eventId, '/eventId'),
    type: text(request.type, '/type'),
    chargeId: text(request.chargeId, '/chargeId'),
    chargeKey: text(request.chargeKey, '/chargeKey'),
    refundId: text(request.refundId, '/refundId', 0),
    amount: BigInt(request.amount.amount),
    currency: text(request.amount.currency, '/amount/currency'),
    occurredAt: fromTimestamp(request.occurredAt),
  };
}

/** Whether an event is about the money of a top-up, all of it. */
const isOf = (saga: CardTopUp, { amount, currency }: ProcessorEvent): boolean =>
  amount === saga.amount && currency === saga.currency;

/** What an event says; undefined for one that says nothing new, such as that a charge is on its way. */
function factOf(saga: CardTopUp, event: ProcessorEvent): Fact | undefined {
  const { chargeId, refundId, currency } = event;
  const charge = { chargeId, amount: event.amount.toString(), currency };
  switch (event.type) {
    case 'charge.succeeded':
      return factOfCharge(saga, { ...charge, status: 'succeeded' });
    case 'charge.declined':
      return factOfCharge(saga, { ...charge, status: 'declined' });
    case 'refund.succeeded':
      // Less than all is nothing that we have asked for: the reconciliation finds it.
      return isOf(saga, event) && refundId !== ''
        ? { kind: 'refunded', chargeId, refundId }
        : undefined;
    default:
      return undefined;
  }
}

async function actOn(tx: Transaction, event: ProcessorEvent): Promise<void> {
  const saga = isId(event.chargeKey)
    ? await findCardTopUp(tx, event.chargeKey, { lock: true })
    : undefined;
  if (!saga) {
    log.error({ eventId: event.eventId, type: event.type }, 'An event is of no top-up of ours');
    return;
  }
  // The two may be told in any order, so either is followed by the question whether the other one has been.
  const undone =
    !isOf(saga, event) && (await toldOfMismatchUndone(tx, { ...saga, chargeKey: saga.topUpId }));
  const fact = undone ? ({ kind: 'mismatch_undone' } as const) : factOf(saga, event);
  // Without a lease: whoever is there first goes on with it.
  if (fact) await recordFact(tx, saga, fact, 0);
}

/** Keeps what the processor has told, and what follows from it, in one transaction; then goes on with the top-up. */
export async function recordProcessorEvent(
  { database, cards }: Pick<PaymentsDependencies, 'database' | 'cards'>,
  request: payments.RecordProcessorEventRequest__Output,
  { deadline }: CallContext,
): Promise<payments.RecordProcessorEventResponse> {
  const event = received(request);
  const isNew = await database.transaction(
    async (tx) => {
      if (!(await insertProcessorEvent(tx, event))) return false;
      await actOn(tx, event);
      return true;
    },
    { deadline },
  );
  if (isNew && cards && isId(event.chargeKey)) {
    // Stored is stored: what is not taken up now, the next round of the job takes up.
    void cards.worker.takeUp(event.chargeKey).catch((error: unknown) => {
      log.warn({ error }, 'A card top-up waits for the next round');
    });
  }
  return { duplicate: !isNew };
}
