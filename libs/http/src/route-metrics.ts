import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Express, Request, RequestHandler, Response } from 'express';
import { metrics } from '@quayside/telemetry';
import { onceOver } from './once-over';

/** Methods of RFC 9110 and PATCH; others are one label, as OpenTelemetry's conventions ask. */
const knownMethods = new Set([
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'TRACE',
  'CONNECT',
]);

/** nginx's code for a caller that went away before its answer. */
const clientClosedRequest = 499;

/** No API has more routes; reached only when a mount path has parameters, which become labels. */
const maxRoutes = 300;

const templates = new WeakMap<object, string>();
const routesSeen = new Set<string>();

interface MatchedRoute {
  path?: unknown;
}

/**
 * Notes the template of a route while it is being matched. Later the mount path is gone: Express
 * restores `baseUrl` before error handlers run.
 */
export function rememberRoutes(app: Express): void {
  const routes = new WeakMap<object, MatchedRoute>();
  Object.defineProperty(app.request, 'route', {
    configurable: true,
    get(this: Request) {
      return routes.get(this);
    },
    set(this: Request, route: MatchedRoute | undefined) {
      if (!route) return;
      routes.set(this, route);
      templates.set(this, `${this.baseUrl}${String(route.path)}`);
    },
  });
}

function boundedRoute(template: string | undefined): string {
  if (template === undefined) return 'unmatched';
  if (!routesSeen.has(template) && routesSeen.size >= maxRoutes) return 'other';
  routesSeen.add(template);
  return template;
}

const statusOf = (response: ServerResponse): number =>
  response.writableFinished ? response.statusCode : clientClosedRequest;

const streams = new WeakSet<ServerResponse>();

/** Says that an answer goes on for as long as its reader likes: it is not timed, which would only blur the others. */
export function markAsStream(response: Response): void {
  streams.add(response);
}

/** Where a request's route template comes from when no Express route was reached. */
export type RouteOf = (request: Request) => string | undefined;

/** Counts and times a request, which begins now, by method, route template and status. */
export type Measure<R extends IncomingMessage> = (request: R, response: ServerResponse) => void;

/** Measures each request that it is given. */
export function createMeasure<R extends IncomingMessage>(
  routeOf: (request: R) => string | undefined = () => undefined,
): Measure<R> {
  const duration = metrics.histogram(
    'http_server_request_duration_seconds',
    'Duration of HTTP requests, from their headers to the end of the answer',
    ['http_request_method', 'http_route', 'http_response_status_code'],
  );
  return (request, response) => {
    const { method = '' } = request;
    const started = performance.now();
    onceOver(response, () => {
      if (streams.has(response)) return;
      const labels = {
        http_request_method: knownMethods.has(method) ? method : '_OTHER',
        http_route: boundedRoute(templates.get(request) ?? routeOf(request)),
        http_response_status_code: String(statusOf(response)),
      };
      duration.observe(labels, (performance.now() - started) / 1000);
    });
  };
}

/** Measures every request of an app. */
export function measureRequests(routeOf?: RouteOf): RequestHandler {
  const measure = createMeasure(routeOf);
  return (request, response, next) => {
    measure(request, response);
    next();
  };
}
