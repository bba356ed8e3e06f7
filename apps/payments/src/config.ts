import { setting } from '@quayside/config';

/** Payments' own settings. */
export const settings = {
  TOP_UP_MAX_MINOR_UNITS: setting
    .count('Most money of one top-up, in minor units', 1)
    .default(1_000_000),
  GROUP_COMMIT_MAX: setting
    .count('Most payments posted in one transaction; 0: each at once in its own', 0)
    .default(64),
  IDEMPOTENCY_KEY_HOURS: setting
    .count('How long the answer to an idempotency key is kept, in hours; at least 24', 24)
    .default(48),
  AUDIT_EVERY_MINUTES: setting
    .count('How often each replica checks every rule of the ledger, in minutes; 0: never', 0)
    .default(60),
};
