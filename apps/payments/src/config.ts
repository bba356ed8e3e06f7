import { setting } from '@quayside/config';
import { fixedFees } from './domain/fee';
import { limitsOf } from './domain/limits';

/** Refuses what `read` throws at, so that a wrong value is found wherever settings are checked, in charts, too. */
const readBy =
  <Value>(read: (value: Value) => unknown) =>
  (value: Value, context: { addIssue(message: string): void }) => {
    try {
      read(value);
    } catch (error) {
      context.addIssue(error instanceof Error ? error.message : String(error));
    }
  };

/** Payments' own settings. */
export const settings = {
  TOP_UP_MAX_MINOR_UNITS: setting
    .count('Most money of one top-up, in minor units', 1)
    .default(1_000_000),
  GROUP_COMMIT_MAX: setting
    .count('Most payments posted in one transaction; 0: each at once in its own', 0)
    .default(64),
  LIMIT_PER_PAYMENT_MINOR_UNITS: setting
    .text('Most money of one payment, in minor units by currency; a number alone is for the others')
    .superRefine(readBy(limitsOf))
    .default('1000000000,JPY=1500000000'),
  LIMIT_PER_DAY_MINOR_UNITS: setting
    .text('Most money that a user may pay or set aside in a currency on one day (UTC), likewise')
    .superRefine(readBy(limitsOf))
    .default('10000000000,JPY=15000000000'),
  STEP_UP_ABOVE_MINOR_UNITS: setting
    .count('A payment of more needs the second factor of a payer who has one, in minor units', 0)
    .default(50_000),
  STEP_UP_MAX_AGE_SECONDS: setting
    .count('How long a second factor counts after it was given, in seconds', 1)
    .default(600),
  FEE_BASIS_POINTS: setting
    .count('What payees pay for payments, in hundredths of a percent', 0, 10_000)
    .default(0),
  FEE_FIXED: setting
    .list('What they pay on top, in minor units by currency: `EUR=25,JPY=30`')
    .superRefine(readBy(fixedFees))
    .optional(),
  HOLD_HOURS: setting
    .count('How long an authorized payment may be captured, in hours', 1, 24 * 365)
    .default(168),
  IDEMPOTENCY_KEY_HOURS: setting
    .count('How long the answer to an idempotency key is kept, in hours; at least 24', 24)
    .default(48),
  CARD_PROCESSOR_URL: setting
    .url('Where the card processor is; unset: no cards are taken')
    .optional(),
  CARD_PROCESSOR_API_KEY: setting.secret('Our key at the card processor').optional(),
  CARD_PROCESSOR_TIMEOUT_MS: setting
    .milliseconds('How long an answer of the card processor is waited for')
    .default(10_000),
  CARD_CHARGE_WITHIN_MS: setting
    .milliseconds('How long the card processor may charge a card after it was first asked')
    .default(120_000),
  CARD_CLOCK_MARGIN_MS: setting
    .milliseconds('So much later "not found" means "not charged": its clock may be behind ours')
    .default(30_000),
  CARD_RETRY_MS: setting
    .milliseconds('Pause before a step is taken again; doubled each time, up to five minutes')
    .default(1_000),
  CARD_ATTEMPTS_MAX: setting
    .count('Most tries of a step; then the top-up needs a person', 1, 1_000)
    .default(20),
  TOP_UP_WAIT_MS: setting
    .milliseconds('How long the answer to a card top-up waits for its outcome')
    .default(2_500),
  AUDIT_EVERY_MINUTES: setting
    .count('How often each replica checks every rule of the ledger, in minutes; 0: never', 0)
    .default(60),
};
