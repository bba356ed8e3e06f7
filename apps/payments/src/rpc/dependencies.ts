import type { Database } from '@quayside/database';

/** What the handlers work with. */
export interface PaymentsDependencies {
  database: Database;
  /** Most money of one top-up, in minor units. */
  topUpMax: bigint;
}
