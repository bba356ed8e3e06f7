import type { ServiceDefinition } from '@quayside/chassis';
import { consumerGroups } from '@quayside/contracts';
import { createTokenVerifier } from '@quayside/identity';
import { settings } from './config';
import { createPasswordHasher } from './domain/password-hasher';
import { KEYS_MAX_AGE_MS, rotationTimes } from './domain/rotation';
import { createSeal } from './domain/seal';
import { createWorkLimit } from './domain/work-limit';
import { onUserErased } from './events/user-erased';
import { authMetrics } from './metrics';
import { authService } from './rpc/auth-service';
import { createMailer } from './mail/mailer';
import { createResetSender } from './mail/send-resets';
import { cleanUp } from './store/clean-up';
import { openKeyRing } from './store/key-ring';
import { rotateKeys } from './store/rotate-keys';
import { sealFactors } from './store/second-factors';
import { sealKeys } from './store/signing-keys';

const CLEAN_UP_EVERY_MS = 10 * 60_000;
const ROTATE_EVERY_MS = 60_000;
const MAIL_EVERY_MS = 30_000;
const DAY_SECONDS = 24 * 3600;
const CLEAN_UP_BATCH = 5_000;

/** auth: serves AuthService, calls nobody, consumes UserErased, publishes IdentityRegistered and SessionEnded. */
export const service: ServiceDefinition<typeof settings> = {
  name: 'auth',
  settings,
  async build({ settings, database, logger }) {
    const seal = createSeal(settings.SIGNING_KEYS_SECRET, settings.SIGNING_KEYS_PREVIOUS_SECRET);
    const sealed = await sealKeys(database, seal);
    if (sealed > 0)
      logger.info({ keys: sealed }, 'Signing keys are encrypted with the current secret now');
    const keys = await openKeyRing(database, seal, KEYS_MAX_AGE_MS);
    const { TOKEN_ISSUER: issuer, TOKEN_AUDIENCE: audience } = settings;
    const passwords = await createPasswordHasher(
      createWorkLimit({
        concurrent: settings.PASSWORD_HASH_CONCURRENCY,
        waiting: settings.PASSWORD_HASH_QUEUE,
      }),
    );
    const mailer = createMailer(settings);
    if (!mailer) logger.warn('No mail server is set: nobody can reset a password');
    const metrics = authMetrics();
    const page = settings.PASSWORD_RESET_URL;
    const resets = createResetSender({ database, mailer, page, metrics });
    const terms = { issuer, audience, lifetimeSeconds: settings.ACCESS_TOKEN_SECONDS };
    const lifetimes = {
      absoluteSeconds: settings.SESSION_SECONDS,
      idleSeconds: settings.REFRESH_IDLE_SECONDS,
    };
    return {
      rpc: [authService({ database, keys, seal, passwords, terms, lifetimes, resets, metrics })],
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
            await rotateKeys(database, seal, rotationTimes(terms.lifetimeSeconds), activeSeconds);
          },
        },
        {
          name: 'send password resets',
          // Mails are sent at once, by the replica that was asked: this is for those that it could not send.
          everyMs: MAIL_EVERY_MS,
          run: () => resets.sendDue(),
        },
        {
          name: 'delete what has expired',
          everyMs: CLEAN_UP_EVERY_MS,
          run: (signal) => cleanUp(database, CLEAN_UP_BATCH, signal),
        },
        {
          name: 'encrypt second factors with the current secret',
          everyMs: CLEAN_UP_EVERY_MS,
          run: () => sealFactors(database, seal, CLEAN_UP_BATCH),
        },
      ],
      async close() {
        await resets.idle();
        mailer?.close();
      },
    };
  },
};
