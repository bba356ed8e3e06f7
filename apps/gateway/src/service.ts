import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ServiceDefinition } from '@quayside/chassis';
import { consumerGroups } from '@quayside/contracts';
import { follow } from '@quayside/database';
import { refusing } from '@quayside/identity';
import { gatewaySettings, refuseContradictions } from './config';
import { retryable } from './downstream';
import { feedHandlers } from './events/feed';
import { showRevocationBound } from './events/revocation-bound';
import { createRevocations } from './events/revocations';
import { revocationHandlers } from './events/session-ended';
import { createPublicApp } from './http/app';
import { readDocument } from './http/document';
import { createEventStreams } from './http/event-streams';
import { endingBeforeForgotten, takenFor } from './http/token-lifetime';
import { ACTIVITY_CHANNEL, readActivityAfter, usersOfNotification } from './store/activity';
import { deleteOldCounts } from './store/rate-limiter';
import { REVOCATIONS_CHANNEL } from './store/revocations';

const CLEAN_UP_EVERY_MS = 60_000;
/** Activities that an event stream reads at once, and how long that may take. */
const EVENTS_PAGE = 100;
const EVENTS_READ_MS = 5_000;

/** The API's description: beside the bundle, and one folder up from the sources. */
function documentFile(): string {
  const places = ['openapi.yaml', '../openapi.yaml'].map((place) => join(__dirname, place));
  const found = places.find((place) => existsSync(place));
  if (!found) throw new Error(`openapi.yaml is neither at ${places.join(' nor at ')}.`);
  return found;
}

/**
 * The only public entrance: answers HTTP by calling auth, users and payments, and keeps a feed of what happened,
 * built from events, in its own database. Publishes nothing.
 */
export const service: ServiceDefinition<typeof gatewaySettings> = {
  name: 'gateway',
  settings: gatewaySettings,
  async build({ settings, database, kafka, verifier, clients, draining }) {
    refuseContradictions(settings);
    const revocationMs = settings.REVOCATION_SECONDS * 1000;
    const revocations = createRevocations(database, revocationMs);
    const streams = createEventStreams({
      read: (userId, after) =>
        readActivityAfter(database, userId, {
          after,
          limit: EVENTS_PAGE,
          deadline: new Date(Date.now() + EVENTS_READ_MS),
        }),
      isRevoked: revocations.isRevoked,
      draining,
      heartbeatMs: settings.EVENTS_HEARTBEAT_MS,
      slowReaderMs: settings.EVENTS_SLOW_READER_MS,
      perUser: settings.EVENTS_PER_USER,
      max: settings.EVENTS_MAX_STREAMS,
    });
    const follower = follow(database, {
      [REVOCATIONS_CHANNEL]: async () => {
        await revocations.read();
        streams.endRevoked();
      },
      [ACTIVITY_CHANNEL]: (payloads) => streams.wake(payloads?.flatMap(usersOfNotification)),
    });
    showRevocationBound(kafka, follower, settings.REVOCATION_SECONDS);
    // Before the first request: a token that was refused before a restart is refused after it.
    await follower.ready;
    return {
      ...createPublicApp({
        document: readDocument(documentFile()),
        downstream: {
          auth: clients('auth', { retryable: retryable.auth }),
          users: clients('users', { retryable: retryable.users }),
          payments: clients('payments', { retryable: retryable.payments }),
          takenFor: takenFor(settings.REVOCATION_SECONDS),
        },
        database,
        verifier: refusing(
          endingBeforeForgotten(verifier, settings.REVOCATION_SECONDS),
          revocations.isRevoked,
        ),
        streams,
        settings,
      }),
      consumers: [
        { group: consumerGroups.gateway, handlers: feedHandlers },
        { group: consumerGroups.gatewayRevocations, handlers: revocationHandlers(revocationMs) },
      ],
      jobs: [
        {
          name: 'forget ended sessions',
          everyMs: CLEAN_UP_EVERY_MS,
          run: () => revocations.cleanUp(),
        },
        {
          name: 'delete old counts',
          everyMs: CLEAN_UP_EVERY_MS,
          run: () => deleteOldCounts(database),
        },
      ],
      close: () => follower.stop(),
    };
  },
};
