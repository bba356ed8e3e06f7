import { once } from 'node:events';
import { onceOver } from '@quayside/http';
import type { Response } from 'express';
import type { NumberedActivity } from '../store/activity';
import { activityToJson } from './activity-wire';

/** Why a stream ended; `client` closed it, all others are told to it. */
export type EndReason =
  'client' | 'slow_reader' | 'token_expired' | 'session_ended' | 'server_stopping';

/** One client that follows its user's activities. */
export interface EventStream {
  /** There may be something new. */
  wake(): void;
  /** Keeps proxies from closing a silent connection, and tries again what could not be read. */
  beat(): void;
  /** Tells the client why and ends. */
  end(reason: Exclude<EndReason, 'client' | 'slow_reader'>): void;
}

/** What a stream is made of. */
export interface EventStreamOptions {
  response: Response;
  /** The number that the client saw last. */
  after: bigint;
  /** The activities that follow a number, in order, at most a page of them. */
  read: (after: bigint) => Promise<NumberedActivity[]>;
  /** Milliseconds for which a reader may take nothing before it is cut. */
  slowReaderMs: number;
  /** Called once. */
  ended: (reason: EndReason) => void;
  sent: (count: number) => void;
}

/** A client waits between so many milliseconds and twice as many before it connects again, so that not all come at once. */
const RETRY_MS = 1_000;

// The format: https://html.spec.whatwg.org/multipage/server-sent-events.html
const eventText = (activity: NumberedActivity): string =>
  `id: ${activity.number}\nevent: activity\ndata: ${JSON.stringify(activityToJson(activity))}\n\n`;

/**
 * Sends what follows `after` and what comes later, each once and in order. Nothing is kept in memory for a client:
 * what it has not taken yet is read from the table when it has room.
 */
export function openEventStream(options: EventStreamOptions): EventStream {
  const { response, read, slowReaderMs } = options;
  const over = new AbortController();
  let last = options.after;
  let dirty = true;
  let pumping = false;

  function finish(reason: EndReason): boolean {
    if (over.signal.aborted) return false;
    over.abort();
    options.ended(reason);
    return true;
  }

  /** Waits until the client has taken what was written; one that does not is cut. */
  async function taken(): Promise<void> {
    const timer = setTimeout(() => {
      if (finish('slow_reader')) response.destroy();
    }, slowReaderMs);
    await once(response, 'drain', { signal: over.signal }).catch(() => undefined);
    clearTimeout(timer);
  }

  async function sendNew(): Promise<void> {
    const page = await read(last);
    if (over.signal.aborted || page.length === 0) return;
    response.write(page.map(eventText).join(''));
    last = page.at(-1)?.number ?? last;
    options.sent(page.length);
    // There may be more than a page.
    dirty = true;
    if (response.writableNeedDrain) await taken();
  }

  async function pump(): Promise<void> {
    if (pumping) return;
    pumping = true;
    try {
      while (dirty && !over.signal.aborted) {
        dirty = false;
        await sendNew();
      }
    } catch {
      // The table cannot be read now; the next heartbeat tries again.
      dirty = true;
    } finally {
      pumping = false;
    }
  }

  onceOver(response, () => finish('client'));
  // An id without data sets what the client will ask to go on from, also if nothing happens until then.
  const retry = Math.round(RETRY_MS * (1 + Math.random()));
  response.write(`retry: ${retry}\nid: ${last}\n\n`);
  void pump();
  return {
    wake() {
      dirty = true;
      void pump();
    },
    beat() {
      if (!response.writableNeedDrain) response.write(':\n\n');
      if (dirty) void pump();
    },
    end(reason) {
      if (!finish(reason)) return;
      response.end(`event: end\ndata: {"reason":"${reason}"}\n\n`);
    },
  };
}
