import type { ServiceDefinition } from '@quayside/chassis';
import { consumerGroups } from '@quayside/contracts';
import { settings } from './config';
import { onUserCreated } from './events/user-created';
import { paymentsService } from './rpc/payments-service';
import { forgetOldKeys } from './store/idempotency';

const CLEAN_UP_EVERY_MS = 10 * 60_000;

/**
 * payments: serves PaymentsService, consumes UserCreated, publishes AccountOpened, TopUpCompleted,
 * PaymentCompleted and PaymentRefunded. Calls nobody but auth, for its keys.
 */
export const service: ServiceDefinition<typeof settings> = {
  name: 'payments',
  settings,
  build({ settings, database }) {
    return {
      rpc: [paymentsService({ database, topUpMax: BigInt(settings.TOP_UP_MAX_MINOR_UNITS) })],
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
          name: 'forget old idempotency keys',
          everyMs: CLEAN_UP_EVERY_MS,
          async run(signal) {
            await forgetOldKeys(database, settings.IDEMPOTENCY_KEY_HOURS, signal);
          },
        },
      ],
    };
  },
};
