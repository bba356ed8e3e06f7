import type { ServiceDefinition } from '@quayside/chassis';
import { consumerGroups } from '@quayside/contracts';
import { createTokenVerifier } from '@quayside/identity';
import { settings } from './config';
import { createPasswordHasher } from './domain/password-hasher';
import { rotationTimes } from './domain/rotation';
import { createWorkLimit } from './domain/work-limit';
import { onUserErased } from './events/user-erased';
import { authMetrics } from './metrics';
import { authService } from './rpc/auth-service';
import { openKeyRing } from './store/key-ring';
import { rotateKeys } from './store/rotate-keys';
import { deleteExpired } from './store/sessions';

// Shorter than the time for which a next key is published before it signs.
const KEYS_MAX_AGE_MS = 30_000;
const CLEAN_UP_EVERY_MS = 10 * 60_000;
const ROTATE_EVERY_MS = 60_000;
const DAY_SECONDS = 24 * 3600;
const CLEAN_UP_BATCH = 5_000;

/** auth: serves AuthService, calls nobody, consumes UserErased, publishes IdentityRegistered and SessionEnded. */
export const service: ServiceDefinition<typeof settings> = {
  name: 'auth',
  settings,
  async build({ settings, database }) {
    const keys = await openKeyRing(database, KEYS_MAX_AGE_MS);
    const { TOKEN_ISSUER: issuer, TOKEN_AUDIENCE: audience } = settings;
    const passwords = await createPasswordHasher(
      createWorkLimit({
        concurrent: settings.PASSWORD_HASH_CONCURRENCY,
        waiting: settings.PASSWORD_HASH_QUEUE,
      }),
    );
    const terms = { issuer, audience, lifetimeSeconds: settings.ACCESS_TOKEN_SECONDS };
    const lifetimes = {
      absoluteSeconds: settings.SESSION_SECONDS,
      idleSeconds: settings.REFRESH_IDLE_SECONDS,
    };
    return {
      rpc: [authService({ database, keys, passwords, terms, lifetimes, metrics: authMetrics() })],
      // Its own keys verify its own tokens: no call to itself.
      verifier: createTokenVerifier({ fetchJwks: () => keys.jwks(), issuer, audience }),
      consumers: [
        {
          group: consumerGroups.auth,
          handlers: {
            'quayside.users.v1.UserErased': (tx, event) => onUserErased(tx, event.payload),
          },
        },
      ],
      outbox: true,
      jobs: [
        {
          name: 'rotate signing keys',
          everyMs: ROTATE_EVERY_MS,
          async run() {
            const activeSeconds = settings.KEY_ROTATION_DAYS * DAY_SECONDS;
            await rotateKeys(database, rotationTimes(terms.lifetimeSeconds), activeSeconds);
          },
        },
        {
          name: 'delete expired sessions',
          everyMs: CLEAN_UP_EVERY_MS,
          async run() {
            await deleteExpired(database, CLEAN_UP_BATCH);
          },
        },
      ],
    };
  },
};
