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

/** A gauge with one value for each part, read at every scrape. */
function gaugeByPart(name: string, help: string, valueOf: (part: Part) => number): void {
  metrics.gauge(name, help, ['part'], (gauge) => {
    for (const part of parts) gauge.set({ part }, valueOf(part));
  });
}

/** A part that hangs may have so much of all. */
const PART = 0.5;

/** What is at work in one part, or in all, and how much of it is carried well. */
interface Work {
  concurrency: ConcurrencyLimit;
  inFlight: number;
}

/** The path that Express routes by: some proxies send the whole address. */
const pathOf = (url = ''): string => url.replace(/^https?:\/\/[^/]*/i, '').split('?', 1)[0] ?? '';

/**
 * Turns requests away, before anything is done for them, when there are more at once than are carried well: lists
 * and documentation first, payments and sign-ins last. What has begun is carried to its end. Beside the limit of all
 * each part has one of its own: a service that hangs is not waited for by so many that nothing else goes on.
 */
export function createShedding({ origins = [], ...options }: SheddingOptions): Shedding {
  const newWork = (max: number): Work => ({
    concurrency: createConcurrencyLimit({ min: options.min, max }),
    inFlight: 0,
  });
  const all = newWork(options.max);
  const ofPart = Math.max(options.min, Math.floor(options.max * PART));
  const work = Object.fromEntries(parts.map((part) => [part, newWork(ofPart)])) as Record<
    Part,
    Work
  >;
  const shed = metrics.counter(
    'gateway_shed_total',
    'Requests turned away because there were too many at once, by part and priority',
    ['part', 'priority'],
  );
  metrics.gauge('gateway_concurrency_limit', 'Requests at once that are carried', [], (gauge) =>
    gauge.set(all.concurrency.limit),
  );
  gaugeByPart('gateway_part_concurrency_limit', 'The same of one part', (part) => {
    return work[part].concurrency.limit;
  });
  gaugeByPart('gateway_requests_in_flight', 'Requests at work', (part) => work[part].inFlight);
  // One for all: an error notes where it was made, which is work as well.
  const tooMuch = new QuaysideError(
    'unavailable',
    'There is too much to do. Try again in a moment.',
  );
  const turnAway = turnAwayWith(tooMuch, origins);

  function hasRoom({ method = '', url }: IncomingMessage): boolean {
    const path = pathOf(url);
    const part = partOf(path);
    const priority = priorityOf(method, path);
    const full = [all, work[part]].filter(({ concurrency, inFlight }) => {
      return inFlight >= concurrency.limit * shares[priority];
    });
    if (full.length === 0) return true;
    for (const { concurrency } of full) concurrency.shed();
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

  /** Puts a request to work; what is given back takes it off again. */
  function begins(part: Part): () => void {
    for (const each of [all, work[part]]) each.inFlight += 1;
    return () => {
      for (const each of [all, work[part]]) each.inFlight -= 1;
    };
  }

  function count(request: Request, response: Response): void {
    const part = partOf(pathOf(request.url));
    const end = begins(part);
    const began = performance.now();
    const most = { all: all.inFlight, part: work[part].inFlight };
    const leave = () => {
      if (!places.delete(response)) return false;
      end();
      return true;
    };
    places.set(response, leave);
    onceOver(response, () => {
      if (!leave()) return;
      const kind = kindOf(request, response);
      if (kind === undefined) return;
      const measured = { part, kind, milliseconds: performance.now() - began };
      all.concurrency.took({ ...measured, inFlight: most.all });
      work[part].concurrency.took({ ...measured, inFlight: most.part });
    });
  }

  const during = (check: Check): RequestHandler => {
    return async (request, response, next) => {
      if (!hasRoom(request)) throw tooMuch;
      const end = begins(partOf(pathOf(request.url)));
      try {
        await check(request, response);
      } finally {
        end();
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
