import express from 'express';
import type { Express, RequestHandler } from 'express';
import { QuaysideError } from '@quayside/errors';
import helmet from 'helmet';
import { allowOrigins } from './cors';
import { refuseDeepBodies } from './json-depth';
import { answerErrors, answerUnknownRoutes } from './problems';
import { keepRawBody } from './raw-body';
import { identifyRequest } from './request-id';
import { measureRequests, rememberRoutes } from './route-metrics';
import type { RouteOf } from './route-metrics';

/** What differs between HTTP apps. */
export interface HttpAppOptions {
  /** How many proxies in front may set X-Forwarded-*; `false` (default) trusts none. */
  trustProxy?: number | false;
  /** Largest body accepted, for example `64kb` (default). */
  bodyLimit?: string;
  /** Paths whose bodies are also kept as they came, for `rawBodyOf`: those that verify a signature. */
  rawBodies?: readonly string[];
  /** Names the route of a request that no Express route was reached for; must be a template. */
  routeOf?: RouteOf;
  /** Origins whose pages may call (CORS), such as `https://app.example`; default none. */
  origins?: readonly string[];
  /** Runs before a body is read: limits, for example. */
  beforeBody?: RequestHandler;
  /** Asked once the body is there, before any route: a client may take its time to send one. */
  begin?: RequestHandler;
  /** Adds the routes. */
  configure(app: Express): void;
}

const jsonTypes = ['application/json', 'application/*+json'];

const hasBody = (headers: NodeJS.Dict<string | string[]>): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

/** A body that nobody parses would silently be missing: refuse it. */
const refuseOtherTypes: RequestHandler = (request, _response, next) => {
  if (!hasBody(request.headers) || request.is(jsonTypes)) {
    next();
    return;
  }
  next(new QuaysideError('unsupported_media_type', 'Send the body as application/json.'));
};

/**
 * An Express app with what every public app needs: security headers, JSON bodies with a limit,
 * request ids, metrics by route, and problem+json for every error.
 */
export function createHttpApp(options: HttpAppOptions): Express {
  const app = express();
  app.set('trust proxy', options.trustProxy ?? false);
  // Answers are personal and change: a digest of each body would be work for nothing.
  app.set('etag', false);
  rememberRoutes(app);
  app.use(measureRequests(options.routeOf), identifyRequest, helmet());
  if (options.origins?.length) app.use(allowOrigins(options.origins));
  if (options.beforeBody) app.use(options.beforeBody);
  app.use(
    refuseOtherTypes,
    express.json({
      limit: options.bodyLimit ?? '64kb',
      type: jsonTypes,
      verify: keepRawBody(options.rawBodies ?? []),
    }),
  );
  app.use(refuseDeepBodies);
  if (options.begin) app.use(options.begin);
  options.configure(app);
  app.use(answerUnknownRoutes, answerErrors);
  return app;
}
