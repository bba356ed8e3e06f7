import type { IncomingMessage } from 'node:http';
import { QuaysideError } from '@quayside/errors';
import { isPreflight, onceOver, turnAwayWith, type Admit } from '@quayside/http';
import { metrics } from '@quayside/telemetry';
import type { Request, RequestHandler, Response } from 'express';
import {
  createConcurrencyLimit,
  type ConcurrencyLimit,
  type ConcurrencyOptions,
} from '../domain/concurrency-limit';
import { partOf, parts, type Part } from '../domain/part';
import { priorityOf, shares } from '../domain/priority';

/** How the answers that are at work cease to be. */
const places = new WeakMap<Response, () => boolean>();

/** For an answer that goes on as a stream: it is no longer counted as at work. Streams have a limit of their own. */
export function leaveWork(response: Response): void {
  places.get(response)?.();
}

/**
 * What a time is compared with: others of the same route that did their work. A refusal takes no time, and one that
 * chose to wait says nothing.
 */
function kindOf(request: Request, response: Response): string | undefined {
  const route = request.route as { path?: unknown } | undefined;
  if (route === undefined || request.headers.prefer !== undefined) return undefined;
  if (!response.writableFinished || response.statusCode >= 400) return undefined;
  return `${request.method} ${String(route.path)}`;
}

/** The two places at which requests are turned away, and counted. */
export interface Shedding {
  /** Before anything is done. Counts nothing: a body that comes slowly is no work. */
  admit: Admit;
  /** What is checked before the body is read: a request that waits there is at work meanwhile. */
  during(check: Check): RequestHandler;
  /** Once the body is there; from here on the request is at work. */
  begin: RequestHandler;
}

/** Rejects to refuse a request. */
export type Check = (request: Request, response: Response) => Promise<void>;

/** How the limit adapts, and whose pages may read that they were turned away. */
export interface SheddingOptions extends ConcurrencyOptions {
  origins?: readonly string[];
}

/** A gauge of every part. */
function showWork(name: string, help: string, valueOf: (part: Part) => number): void {
  metrics.gauge(name, help, ['part'], (gauge) => {
    for (const part of parts) gauge.set({ part }, valueOf(part));
  });
}

/** What is at work in one part, and how much of it is carried well. */
interface Work {
  concurrency: ConcurrencyLimit;
  inFlight: number;
}

const pathOf = (url = ''): string => url.split('?', 1)[0] ?? '';

/**
 * Turns requests away, before anything is done for them, when there are more at once than are carried well: lists
 * and documentation first, payments and sign-ins last. What has begun is carried to its end. Each part has a limit of
 * its own: while one service behind hangs, what the others do goes on.
 */
export function createShedding({ origins = [], ...options }: SheddingOptions): Shedding {
  const begun = (): Work => ({ concurrency: createConcurrencyLimit(options), inFlight: 0 });
  const work = Object.fromEntries(parts.map((part) => [part, begun()])) as Record<Part, Work>;
  const workOf = (url: string | undefined) => work[partOf(pathOf(url))];
  const shed = metrics.counter(
    'gateway_shed_total',
    'Requests turned away because there were too many at once, by part and priority',
    ['part', 'priority'],
  );
  showWork('gateway_concurrency_limit', 'Requests at once that are carried', (part) => {
    return work[part].concurrency.limit;
  });
  showWork('gateway_requests_in_flight', 'Requests at work', (part) => work[part].inFlight);
  // One for all: an error notes where it was made, which is work as well.
  const tooMuch = new QuaysideError(
    'unavailable',
    'There is too much to do. Try again in a moment.',
  );
  const turnAway = turnAwayWith(tooMuch, origins);

  function hasRoom({ method = '', url }: IncomingMessage): boolean {
    const path = pathOf(url);
    const part = partOf(path);
    const { concurrency, inFlight } = work[part];
    const priority = priorityOf(method, path);
    if (inFlight < concurrency.limit * shares[priority]) return true;
    concurrency.shed();
    shed.inc({ part, priority });
    return false;
  }

  const admit: Admit = (request, response) => {
    // A page cannot read why its browser's question was refused, and the answer is no work.
    if (origins.length > 0 && isPreflight(request)) return true;
    if (hasRoom(request)) return true;
    turnAway(request, response);
    return false;
  };

  function count(request: Request, response: Response): void {
    const own = workOf(request.url);
    own.inFlight += 1;
    const began = performance.now();
    const most = own.inFlight;
    const leave = () => {
      if (!places.delete(response)) return false;
      own.inFlight -= 1;
      return true;
    };
    places.set(response, leave);
    onceOver(response, () => {
      if (!leave()) return;
      const kind = kindOf(request, response);
      if (kind !== undefined) own.concurrency.took(kind, performance.now() - began, most);
    });
  }

  const during = (check: Check): RequestHandler => {
    return async (request, response, next) => {
      if (!hasRoom(request)) throw tooMuch;
      const own = workOf(request.url);
      own.inFlight += 1;
      try {
        await check(request, response);
      } finally {
        own.inFlight -= 1;
      }
      next();
    };
  };

  const begin: RequestHandler = (request, response, next) => {
    if (!hasRoom(request)) {
      next(tooMuch);
      return;
    }
    count(request, response);
    next();
  };

  return { admit, during, begin };
}
