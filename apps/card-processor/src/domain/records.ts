import type { Behaviour } from './cards';

/** A card that was entered. The number itself is not kept. */
export interface Token {
  token: string;
  behaviour: Behaviour;
  last4: string;
  createdAt: string;
}

/** Money taken, or not taken, from a card. */
export interface Charge {
  chargeId: string;
  /** The merchant's. */
  key: string;
  token: string;
  amount: string;
  currency: string;
  status: 'succeeded' | 'declined';
  createdAt: string;
}

/** Money given back to a card. */
export interface Refund {
  refundId: string;
  /** The merchant's. */
  key: string;
  chargeId: string;
  amount: string;
  currency: string;
  createdAt: string;
}

/** What the merchant is told by webhook. */
export interface ProcessorEvent {
  eventId: string;
  type: 'charge.pending' | 'charge.succeeded' | 'charge.declined' | 'refund.succeeded';
  createdAt: string;
  chargeId: string;
  /** The key of the charge. */
  chargeKey: string;
  /** Empty for what is no refund. */
  refundId: string;
  amount: string;
  currency: string;
}

/** One line of the journal: what is in it together happened together. */
export type JournalRecord =
  | { type: 'token'; token: Token }
  | { type: 'charge'; charge: Charge; events: ProcessorEvent[] }
  | { type: 'refund'; refund: Refund; events: ProcessorEvent[] }
  | { type: 'refund_failed'; key: string }
  | { type: 'delivered'; eventId: string };
