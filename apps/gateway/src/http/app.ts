import type { Database } from '@quayside/database';
import { createHttpApp } from '@quayside/http';
import type { TokenVerifier } from '@quayside/identity';
import type { Express } from 'express';
import type { Downstream } from '../downstream';
import { accountOperations } from './accounts';
import { apiKeyOperations, tokenOperations } from './api-keys';
import { mountDocs, mountEntrance } from './docs';
import { operationsOf, type ApiDocument } from './document';
import { feedOperations } from './feed';
import { identityOperations, resetOperations } from './identity';
import { metaOperations } from './meta';
import { paymentOperations } from './payments';
import { peopleOperations } from './people';
import { mountApi } from './routes';
import { signInOperations } from './sign-in';
import { secondFactorOperations } from './second-factor';
import { createRequestValidator } from './validation';

/** What the public API stands on. */
export interface PublicApp {
  document: ApiDocument;
  downstream: Downstream;
  database: Database;
  verifier: TokenVerifier;
  settings: {
    TRUSTED_PROXY_HOPS: number;
    BODY_LIMIT_BYTES: number;
    OVERVIEW_DEADLINE_MS: number;
  };
}

/** The public HTTP app. Throws when openapi.yaml and the code do not fit each other. */
export function createPublicApp({
  document,
  downstream,
  database,
  verifier,
  settings,
}: PublicApp): Express {
  const fetchJwks = async () => (await downstream.auth.GetJwks({}, { asService: true })).jwksJson;
  const operations = {
    public: {
      ...signInOperations({ ...downstream, verifier }),
      ...resetOperations(downstream),
      ...tokenOperations(downstream),
      ...metaOperations({ document, fetchJwks }),
    },
    user: {
      ...identityOperations(downstream),
      ...apiKeyOperations(downstream),
      ...secondFactorOperations(downstream),
      ...peopleOperations(downstream),
      ...accountOperations(downstream),
      ...paymentOperations(downstream),
      ...feedOperations({
        ...downstream,
        database,
        overviewDeadlineMs: settings.OVERVIEW_DEADLINE_MS,
      }),
    },
  };
  return createHttpApp({
    trustProxy: settings.TRUSTED_PROXY_HOPS || false,
    bodyLimit: `${settings.BODY_LIMIT_BYTES}b`,
    configure(app) {
      mountApi(app, {
        documented: operationsOf(document),
        operations,
        validator: createRequestValidator(document),
        verifier,
      });
      mountDocs(app);
      mountEntrance(app);
    },
  });
}
