import type { Database } from '@quayside/database';
import { createHttpApp, type Admit } from '@quayside/http';
import type { TokenVerifier } from '@quayside/identity';
import type { Express } from 'express';
import { rateLimitsOf, type RateLimitSettings } from '../domain/rate-limits';
import type { Downstream } from '../downstream';
import { createRateLimiter } from '../store/rate-limiter';
import { accountOperations } from './accounts';
import { adminOperations } from './admin';
import { apiKeyOperations, tokenOperations } from './api-keys';
import { mountDocs, mountEntrance } from './docs';
import { operationsOf, type ApiDocument } from './document';
import { erasureOperations } from './erasure';
import type { EventStreams } from './event-streams';
import { eventOperations } from './events';
import { feedOperations } from './feed';
import { identityOperations, resetOperations } from './identity';
import { limitByAddress } from './limit-by-address';
import { metaOperations } from './meta';
import { paymentOperations } from './payments';
import { peopleOperations } from './people';
import { createLimits } from './rate-limits';
import { mountApi } from './routes';
import { secondFactorOperations } from './second-factor';
import { createShedding } from './shedding';
import { signInOperations } from './sign-in';
import { createRequestValidator } from './validation';
import { CARD_PROCESSOR_WEBHOOK, webhookOperations } from './webhooks';

/** What the public API stands on. */
export interface PublicApp {
  document: ApiDocument;
  downstream: Downstream;
  database: Database;
  verifier: TokenVerifier;
  streams: EventStreams;
  settings: RateLimitSettings & {
    RATE_LIMIT_REPLICAS: number;
    TRUSTED_PROXY_HOPS: number;
    BODY_LIMIT_BYTES: number;
    CORS_ORIGINS?: string[];
    OVERVIEW_DEADLINE_MS: number;
    CARD_PROCESSOR_WEBHOOK_SECRET?: string;
    CARD_PROCESSOR_WEBHOOK_SECRET_OLD?: string;
    CARD_PROCESSOR_WEBHOOK_WINDOW_MS: number;
    SHEDDING_MIN_REQUESTS: number;
    SHEDDING_MAX_REQUESTS: number;
    ERASURE_SIGN_IN_SECONDS: number;
  };
}

/** The public HTTP app and who is let in. Throws when openapi.yaml and the code do not fit each other. */
export function createPublicApp({
  document,
  downstream,
  database,
  verifier,
  streams,
  settings,
}: PublicApp): { http: Express; admit: Admit } {
  const fetchJwks = async () => (await downstream.auth.GetJwks({}, { asService: true })).jwksJson;
  const operations = {
    public: {
      ...signInOperations({ ...downstream, verifier }),
      ...webhookOperations({ ...downstream, settings }),
      ...resetOperations(downstream),
      ...tokenOperations(downstream),
      ...metaOperations({ document, fetchJwks }),
    },
    user: {
      ...identityOperations(downstream),
      ...apiKeyOperations(downstream),
      ...secondFactorOperations(downstream),
      ...peopleOperations(downstream),
      ...erasureOperations({ ...downstream, signInSeconds: settings.ERASURE_SIGN_IN_SECONDS }),
      ...accountOperations(downstream),
      ...paymentOperations(downstream),
      ...adminOperations({ ...downstream, database }),
      ...feedOperations({
        ...downstream,
        database,
        overviewDeadlineMs: settings.OVERVIEW_DEADLINE_MS,
      }),
      ...eventOperations(database, streams),
    },
  };
  const limitsOf = createLimits(rateLimitsOf(settings), (limit) =>
    createRateLimiter(limit, settings.RATE_LIMIT_REPLICAS, database),
  );
  const documented = operationsOf(document);
  const { admit, during, begin } = createShedding({
    min: settings.SHEDDING_MIN_REQUESTS,
    max: settings.SHEDDING_MAX_REQUESTS,
    origins: settings.CORS_ORIGINS,
  });
  const http = createHttpApp({
    trustProxy: settings.TRUSTED_PROXY_HOPS || false,
    rawBodies: [CARD_PROCESSOR_WEBHOOK],
    bodyLimit: `${settings.BODY_LIMIT_BYTES}b`,
    origins: settings.CORS_ORIGINS,
    beforeBody: during(limitByAddress(documented, limitsOf)),
    begin,
    configure(app) {
      mountApi(app, {
        documented,
        operations,
        validator: createRequestValidator(document),
        verifier,
        limitsOf,
      });
      mountDocs(app);
      mountEntrance(app);
    },
  });
  return { http, admit };
}
