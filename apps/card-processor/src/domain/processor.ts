import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { QuaysideError } from '@quayside/errors';
import { v7 as uuidv7 } from 'uuid';
import type { Journal } from '../store/journal';
import { createTurns } from '../store/turns';
import type { Book } from './book';
import { behaviourOf, FAILING_REFUNDS, type Behaviour } from './cards';
import type { Charge, JournalRecord, ProcessorEvent, Refund, Token } from './records';

/** A charge that a merchant asks for. */
export interface ChargeOrder {
  key: string;
  token: string;
  amount: string;
  currency: string;
  /** It must not be charged after this moment. */
  notAfter?: Date;
}

/** A refund that a merchant asks for. */
export interface RefundOrder {
  key: string;
  chargeId: string;
  amount: string;
}

/** How an answer reaches the merchant. */
export type Delivery = 'answered' | 'lost';

/** The company itself: what it does with cards, whoever asks over whatever wire. */
export interface Processor {
  tokenize(number: string): Promise<Token>;
  /** Undefined: the merchant never gets an answer, and nothing happens. */
  charge(order: ChargeOrder): Promise<{ charge: Charge; delivery: Delivery } | undefined>;
  refund(order: RefundOrder): Promise<Refund>;
}

/** What the processor works with. */
export interface ProcessorParts {
  book: Book;
  journal: Journal;
  slowMs: number;
  /** Sends events, once the journal has them; resolves after the first try. */
  tell(events: readonly ProcessorEvent[]): Promise<void>;
  draining: AbortSignal;
}

const refuse = (detail: string) => new QuaysideError('not_possible', detail);

const otherRequest = () =>
  new QuaysideError('idempotency_key_reused', 'This key was sent with another request.');

const now = () => new Date().toISOString();

function eventOf(
  type: ProcessorEvent['type'],
  { chargeId, key, amount, currency }: Charge,
  refund?: Refund,
): ProcessorEvent {
  return {
    eventId: `evt_${uuidv7()}`,
    type,
    createdAt: now(),
    chargeId,
    chargeKey: key,
    refundId: refund?.refundId ?? '',
    amount: refund?.amount ?? amount,
    currency,
  };
}

/** What is told of a charge, in the order in which it is sent. */
function eventsOf(charge: Charge, behaviour: Behaviour): ProcessorEvent[] {
  const pending = eventOf('charge.pending', charge);
  const decided = eventOf(`charge.${charge.status}`, charge);
  if (behaviour === 'out_of_order_webhooks') return [decided, pending];
  if (behaviour === 'duplicated_webhook') return [pending, decided, decided];
  return [pending, decided];
}

/** Opens the company for business. */
export function createProcessor(parts: ProcessorParts): Processor {
  const { book, journal, slowMs, tell, draining } = parts;
  const inTurn = createTurns();

  async function write(record: JournalRecord): Promise<void> {
    await journal.append(record);
    book.apply(record);
  }

  async function takeTime(): Promise<void> {
    await pause(slowMs, undefined, { signal: draining }).catch((cause: unknown) => {
      throw new QuaysideError('unavailable', 'The processor is going away.', { cause });
    });
  }

  async function makeCharge(order: ChargeOrder, behaviour: Behaviour): Promise<Charge> {
    if (behaviour === 'slow_answer') await takeTime();
    if (order.notAfter && order.notAfter.getTime() < Date.now()) {
      throw refuse('It is too late for this charge.');
    }
    const { key, token, amount, currency } = order;
    const charge: Charge = {
      chargeId: `ch_${uuidv7()}`,
      ...{ key, token, amount, currency },
      status: behaviour === 'decline' ? 'declined' : 'succeeded',
      createdAt: now(),
    };
    const events = eventsOf(charge, behaviour);
    await write({ type: 'charge', charge, events });
    const told = tell(events);
    if (behaviour === 'early_webhook') await told;
    return charge;
  }

  return {
    async tokenize(number) {
      const behaviour = behaviourOf(number);
      if (!behaviour) throw refuse('The sandbox knows its own cards only: see the README.');
      const token: Token = {
        token: `tok_${randomBytes(16).toString('base64url')}`,
        behaviour,
        last4: number.slice(-4),
        createdAt: now(),
      };
      await write({ type: 'token', token });
      return token;
    },

    charge: (order) =>
      inTurn(`charge ${order.key}`, async () => {
        const made = book.chargeOf(order.key);
        if (made) {
          const same = (['token', 'amount', 'currency'] as const).every(
            (field) => made[field] === order[field],
          );
          if (!same) throw otherRequest();
          return { charge: made, delivery: 'answered' };
        }
        const token = book.tokens.get(order.token);
        if (!token) throw refuse('There is no such token.');
        if (token.behaviour === 'no_answer') return undefined;
        const charge = await makeCharge(order, token.behaviour);
        return { charge, delivery: token.behaviour === 'lost_answer' ? 'lost' : 'answered' };
      }),

    refund: (order) =>
      inTurn(`refund ${order.chargeId}`, async () => {
        const made = book.refundOf(order.key);
        if (made) {
          const same = made.chargeId === order.chargeId && made.amount === order.amount;
          if (!same) throw otherRequest();
          return made;
        }
        const charge = book.charge(order.chargeId);
        if (charge?.status !== 'succeeded') throw refuse('There is no such charge to refund.');
        if (book.refundedOf(charge.chargeId) + BigInt(order.amount) > BigInt(charge.amount)) {
          throw refuse('More than is left of the charge.');
        }
        const behaviour = book.tokens.get(charge.token)?.behaviour;
        if (behaviour === 'refund_fails_at_first' && book.failuresOf(order.key) < FAILING_REFUNDS) {
          await write({ type: 'refund_failed', key: order.key });
          throw new QuaysideError('unavailable', 'The bank of the card does not answer.');
        }
        const refund: Refund = {
          refundId: `re_${uuidv7()}`,
          ...order,
          currency: charge.currency,
          createdAt: now(),
        };
        const events = [eventOf('refund.succeeded', charge, refund)];
        await write({ type: 'refund', refund, events });
        void tell(events);
        return refund;
      }),
  };
}
