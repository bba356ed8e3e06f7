import type { ServiceDefinition } from '@quayside/chassis';
import { consumerGroups } from '@quayside/contracts';
import { settings } from './config';
import { onUserAccountsClosed } from './events/accounts-closed';
import { onIdentityRegistered } from './events/identity-registered';
import { usersService } from './rpc/users-service';
import { deleteLapsedReservations } from './store/handles';

const CLEAN_UP_EVERY_MS = 60 * 60_000;

/**
 * users: serves UsersService, consumes IdentityRegistered and UserAccountsClosed, publishes UserCreated, UserUpdated and
 * UserErased.
 */
export const service: ServiceDefinition<typeof settings> = {
  name: 'users',
  settings,
  build({ settings, database }) {
    return {
      rpc: [usersService(database, settings.HANDLE_RESERVATION_SECONDS)],
      consumers: [
        {
          group: consumerGroups.users,
          handlers: {
            'quayside.auth.v1.IdentityRegistered': (tx, event) =>
              onIdentityRegistered(tx, event.payload),
            'quayside.payments.v1.UserAccountsClosed': (tx, event) =>
              onUserAccountsClosed(tx, event.payload),
          },
        },
      ],
      outbox: true,
      jobs: [
        {
          name: 'delete lapsed reservations',
          everyMs: CLEAN_UP_EVERY_MS,
          async run() {
            await deleteLapsedReservations(database);
          },
        },
      ],
    };
  },
};
