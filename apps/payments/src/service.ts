import type { ServiceDefinition } from '@quayside/chassis';
import { consumerGroups } from '@quayside/contracts';
import { scheduledAudit } from './audit/scheduled-audit';
import { openCards } from './card/open-cards';
import { settings } from './config';
import { feeRule } from './domain/fee';
import { limitsOf } from './domain/limits';
import { onUserCreated } from './events/user-created';
import { expireHolds } from './posting/expire-holds';
import { groupCommit } from './posting/group-commit';
import { postPayments, type PaymentOrder } from './posting/post-payments';
import { paymentsService } from './rpc/payments-service';
import { forgetOldKeys } from './store/idempotency';

const HOUR_MS = 60 * 60_000;
const CLEAN_UP_EVERY_MS = 10 * 60_000;
const EXPIRE_EVERY_MS = 30_000;

/**
 * payments: serves PaymentsService, consumes UserCreated, publishes AccountOpened, TopUpCompleted,
 * TopUpFailed and what becomes of payments. Calls auth for its keys, and the card processor, an outside company.
 */
export const service: ServiceDefinition<typeof settings> = {
  name: 'payments',
  settings,
  build({ settings, database }) {
    const fees = feeRule(settings.FEE_BASIS_POINTS, settings.FEE_FIXED ?? []);
    const limits = {
      perPayment: limitsOf(settings.LIMIT_PER_PAYMENT_MINOR_UNITS),
      perDay: limitsOf(settings.LIMIT_PER_DAY_MINOR_UNITS),
    };
    const pay = groupCommit({
      run: (orders: readonly PaymentOrder[], deadline) =>
        postPayments(database, orders, deadline, { fees, limits }),
      max: settings.GROUP_COMMIT_MAX,
    });
    const auditEveryMs = settings.AUDIT_EVERY_MINUTES * 60_000;
    const cards = openCards(settings, database);
    const topUpMax = BigInt(settings.TOP_UP_MAX_MINOR_UNITS);
    const stepUp = {
      above: BigInt(settings.STEP_UP_ABOVE_MINOR_UNITS),
      maxAgeSeconds: settings.STEP_UP_MAX_AGE_SECONDS,
    };
    return {
      rpc: [
        paymentsService({
          ...{ database, pay, fees, stepUp, topUpMax },
          holdMs: settings.HOLD_HOURS * HOUR_MS,
          cards: cards?.dependencies,
        }),
      ],
      consumers: [
        {
          group: consumerGroups.payments,
          handlers: {
            'quayside.users.v1.UserCreated': (tx, event) => onUserCreated(tx, event.payload),
          },
        },
      ],
      outbox: true,
      jobs: [
        {
          name: 'release holds that have run out',
          everyMs: EXPIRE_EVERY_MS,
          async run(signal) {
            await expireHolds(database, signal);
          },
        },
        {
          name: 'forget old idempotency keys',
          everyMs: CLEAN_UP_EVERY_MS,
          async run(signal) {
            await forgetOldKeys(database, settings.IDEMPOTENCY_KEY_HOURS, signal);
          },
        },
        ...(cards?.jobs ?? []),
        ...(auditEveryMs > 0 ? [scheduledAudit(database, auditEveryMs, cards?.processor)] : []),
      ],
      close: async () => cards?.close(),
    };
  },
};
