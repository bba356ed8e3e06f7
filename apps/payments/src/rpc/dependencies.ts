import type { Database } from '@quayside/database';
import type { CardWorker } from '../card/worker';
import type { FeeRule } from '../domain/fee';
import type { Submit } from '../posting/group-commit';
import type { Outcome } from '../posting/outcome';
import type { PaymentOrder } from '../posting/post-payments';
import type { StoredPayment } from '../store/payments';

/** How top-ups from cards are made. */
export interface CardDependencies {
  worker: CardWorker;
  /** How long a request is the first to work on what it has begun. */
  leaseMs: number;
  /** How long the processor may charge a card. */
  chargeWithinMs: number;
  /** How long a request waits for the outcome. */
  waitMs: number;
}

/** What the handlers work with. */
export interface PaymentsDependencies {
  database: Database;
  /** Posts payments, in groups when there are many. */
  pay: Submit<PaymentOrder, Outcome<StoredPayment>>;
  fees: FeeRule;
  /** How long money is set aside for a payment that is authorized only. */
  holdMs: number;
  /** Payments of more than `above` need a second factor that is not older than this. */
  stepUp: { above: bigint; maxAgeSeconds: number };
  /** Most money of one top-up, in minor units. */
  topUpMax: bigint;
  /** Undefined: no cards are taken. */
  cards: CardDependencies | undefined;
}
