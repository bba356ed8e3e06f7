import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ServiceDefinition } from '@quayside/chassis';
import { consumerGroups } from '@quayside/contracts';
import { gatewaySettings } from './config';
import { retryable } from './downstream';
import { feedHandlers } from './events/feed';
import { createPublicApp } from './http/app';
import { readDocument } from './http/document';

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
  build({ settings, database, verifier, clients }) {
    return {
      http: createPublicApp({
        document: readDocument(documentFile()),
        downstream: {
          auth: clients('auth', { retryable: retryable.auth }),
          users: clients('users', { retryable: retryable.users }),
          payments: clients('payments', { retryable: retryable.payments }),
        },
        database,
        verifier,
        settings,
      }),
      consumers: [{ group: consumerGroups.gateway, handlers: feedHandlers }],
    };
  },
};
