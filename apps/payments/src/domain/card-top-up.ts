/** Where a card top-up stands. */
export type CardTopUpState =
  'charging' | 'charged' | 'completed' | 'refunding' | 'refunded' | 'failed' | 'needs_attention';

/** A card top-up as it stands, with the version under which somebody works on it. */
export interface CardTopUp {
  topUpId: string;
  userId: string;
  accountId: string;
  currency: string;
  amount: bigint;
  /** What its customer sees. */
  status: 'pending' | 'completed' | 'failed';
  cardToken: string;
  state: CardTopUpState;
  version: bigint;
  /** How often somebody has set about this state, this time included. */
  attempts: number;
  /** The processor does not charge after this moment. */
  chargeBefore: Date;
  chargeId: string | null;
  refundId: string | null;
  reason: string;
  /** The trace that it continues. */
  trace: Record<string, string>;
}

/** Something that has become known. */
export type Fact =
  | { kind: 'charged'; chargeId: string }
  | { kind: 'not_charged'; reason: 'card_declined' | 'not_charged' }
  | { kind: 'credited' }
  | { kind: 'credit_refused' }
  | { kind: 'refunded'; chargeId: string; refundId: string }
  /** What was charged is not what was asked for, and all of it is back on the card: nothing of it was ever posted. */
  | { kind: 'mismatch_undone' }
  | { kind: 'given_up'; reason: GivenUpReason }
  /** A person wants it tried again. */
  | { kind: 'resumed' };

/** Why nothing more can be found out without a person. */
export type GivenUpReason =
  'charge_unanswered' | 'charge_mismatch' | 'refund_unanswered' | 'refund_refused';

/** What follows from a fact. */
export interface Consequence {
  state: CardTopUpState;
  /** What is posted, in this order. */
  posts: readonly ('card_charge' | 'card_refund' | 'top_up')[];
  chargeId: string | null;
  refundId: string | null;
  reason: string;
  status: CardTopUp['status'];
}

type Next = Pick<Consequence, 'state' | 'posts'> & Partial<Consequence>;

const CREDIT_REFUSED = { reason: 'credit_refused', status: 'failed' } as const;

const charged = (chargeId: string): Next => ({
  state: 'charged',
  posts: ['card_charge'],
  chargeId,
  reason: '',
});

/** Whether a fact is about another charge than the one that is ours: then it says nothing about this top-up. */
const ofAnotherCharge = (saga: CardTopUp, fact: Fact): boolean =>
  fact.kind === 'refunded' && saga.chargeId !== null && saga.chargeId !== fact.chargeId;

/** Given back, whoever did it; what was not yet posted of the charge is posted, too. */
const refunded = (saga: CardTopUp, fact: Fact & { kind: 'refunded' }): Next => ({
  state: 'refunded',
  posts: saga.chargeId === null ? ['card_charge', 'card_refund'] : ['card_refund'],
  chargeId: saga.chargeId ?? fact.chargeId,
  refundId: fact.refundId,
  ...CREDIT_REFUSED,
});

const notCharged = (reason: string): Next => ({
  state: 'failed',
  posts: [],
  reason,
  status: 'failed',
});

const givenUp = (reason: string): Next => ({ state: 'needs_attention', posts: [], reason });

function whileCharging(saga: CardTopUp, fact: Fact): Next | undefined {
  if (fact.kind === 'charged') return charged(fact.chargeId);
  if (fact.kind === 'not_charged') return notCharged(fact.reason);
  if (fact.kind === 'refunded') return refunded(saga, fact);
  if (fact.kind === 'mismatch_undone') return { state: 'failed', posts: [], ...CREDIT_REFUSED };
  if (fact.kind === 'given_up') return givenUp(fact.reason);
  return undefined;
}

function whileCharged(saga: CardTopUp, fact: Fact): Next | undefined {
  if (fact.kind === 'credited')
    return { state: 'completed', posts: ['top_up'], status: 'completed' };
  if (fact.kind === 'credit_refused') return { state: 'refunding', posts: [] };
  if (fact.kind === 'refunded') return refunded(saga, fact);
  return undefined;
}

function whileRefunding(saga: CardTopUp, fact: Fact): Next | undefined {
  if (fact.kind === 'refunded') return refunded(saga, fact);
  if (fact.kind === 'given_up') return givenUp(fact.reason);
  return undefined;
}

/** Its customer was told that it failed: what is charged after all goes back to the card. */
function afterFailure(saga: CardTopUp, fact: Fact): Next | undefined {
  if (fact.kind === 'charged') {
    return { state: 'refunding', posts: ['card_charge'], chargeId: fact.chargeId };
  }
  return fact.kind === 'refunded' ? refunded(saga, fact) : undefined;
}

function whileGivenUp(saga: CardTopUp, fact: Fact): Next | undefined {
  if (saga.chargeId !== null) {
    if (fact.kind === 'resumed') return { state: 'refunding', posts: [] };
    return fact.kind === 'refunded' ? refunded(saga, fact) : undefined;
  }
  if (fact.kind === 'resumed') return { state: 'charging', posts: [] };
  // A part of a larger charge, by chance as much as was asked for.
  if (fact.kind === 'refunded' && saga.reason === 'charge_mismatch') return undefined;
  return fact.kind === 'given_up' ? undefined : whileCharging(saga, fact);
}

function next(saga: CardTopUp, fact: Fact): Next | undefined {
  switch (saga.state) {
    case 'charging':
      return whileCharging(saga, fact);
    case 'charged':
      return whileCharged(saga, fact);
    case 'refunding':
      return whileRefunding(saga, fact);
    case 'failed':
      return afterFailure(saga, fact);
    case 'needs_attention':
      return whileGivenUp(saga, fact);
    case 'completed':
    case 'refunded':
      return undefined;
  }
}

/**
 * What follows from a fact, where the top-up stands now; undefined: nothing, it was known or comes too late. So facts
 * may come twice and in any order, from an answer, a question or a webhook.
 */
export function consequenceOf(saga: CardTopUp, fact: Fact): Consequence | undefined {
  if (ofAnotherCharge(saga, fact)) return undefined;
  const follows = next(saga, fact);
  const { chargeId, refundId, reason, status } = saga;
  return follows && { chargeId, refundId, reason, status, ...follows };
}

/** Whether the service has something to do for it. */
export const isOpen = (state: CardTopUpState): boolean =>
  state === 'charging' || state === 'charged' || state === 'refunding';

/** Milliseconds before the next try: doubled with each, up to five minutes, a tenth more or less. */
export function pauseBefore(attempts: number, firstMs: number, random = Math.random()): number {
  const pause = Math.min(firstMs * 2 ** Math.min(attempts - 1, 30), 300_000);
  return Math.round(pause * (0.9 + random * 0.2));
}
