import type { Database } from '@quayside/database';
import type { FeeRule } from '../domain/fee';
import type { Submit } from '../posting/group-commit';
import type { Outcome } from '../posting/outcome';
import type { PaymentOrder } from '../posting/post-payments';
import type { StoredPayment } from '../store/payments';

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
}
