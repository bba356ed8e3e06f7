import { QuaysideError } from '@quayside/errors';
import { markAsStream } from '@quayside/http';
import type { UserCaller } from '@quayside/identity';
import { metrics } from '@quayside/telemetry';
import type { Response } from 'express';
import type { NumberedActivity } from '../store/activity';
import { openEventStream, type EventStream } from './event-stream';
import { leaveWork } from './shedding';

/** All event streams of one replica. */
export interface EventStreams {
  /**
   * Makes a stream of the answer; for HEAD only its headers. Throws `unauthenticated` when the session has ended meanwhile,
   * `rate_limited` or `unavailable` when there are too many.
   */
  open(caller: UserCaller, response: Response, after: bigint): void;
  /** Something may have happened to these users; undefined: to anybody. */
  wake(userIds: readonly string[] | undefined): void;
  /** Ends the streams whose tokens count no longer. */
  endRevoked(): void;
}

/** What the streams stand on. */
export interface EventStreamsOptions {
  read: (userId: string, after: bigint) => Promise<NumberedActivity[]>;
  isRevoked: (caller: UserCaller) => boolean;
  /** Aborted when all streams have to end. */
  draining: AbortSignal;
  heartbeatMs: number;
  slowReaderMs: number;
  perUser: number;
  max: number;
}

/** One stream with whom it belongs to. */
interface Open extends EventStream {
  caller: UserCaller;
}

/** The longest time that a Node timer can be set to, in milliseconds. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

const headers = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  // nginx and what understands it would collect the events first.
  'X-Accel-Buffering': 'no',
};

function streamMetrics(streams: ReadonlySet<Open>) {
  metrics.gauge('gateway_event_streams', 'Event streams that are open', [], (gauge) =>
    gauge.set(streams.size),
  );
  return {
    ended: metrics.counter(
      'gateway_event_streams_ended_total',
      'Event streams that ended, by why',
      ['reason'],
    ),
    sent: metrics.counter('gateway_events_sent_total', 'Activities sent to event streams'),
  };
}

/** The streams of one replica: found by user, ended with their tokens and by the drain. */
export function createEventStreams(options: EventStreamsOptions): EventStreams {
  const all = new Set<Open>();
  const byUser = new Map<string, Set<Open>>();
  const measured = streamMetrics(all);

  function refuseTooMany({ userId }: UserCaller): void {
    if (options.draining.aborted) {
      throw new QuaysideError('unavailable', 'This server is stopping. Connect again.');
    }
    if ((byUser.get(userId)?.size ?? 0) >= options.perUser) {
      throw new QuaysideError('rate_limited', 'You have too many event streams open.');
    }
    if (all.size >= options.max) {
      throw new QuaysideError('unavailable', 'Too many event streams are open. Try again later.');
    }
  }

  function forget(stream: Open): void {
    const { userId } = stream.caller;
    all.delete(stream);
    const others = byUser.get(userId);
    others?.delete(stream);
    if (others?.size === 0) byUser.delete(userId);
  }

  function remember(stream: Open): void {
    const { userId } = stream.caller;
    all.add(stream);
    const others = byUser.get(userId) ?? new Set();
    byUser.set(userId, others.add(stream));
  }

  function endAt({ expiresAt }: UserCaller, end: () => void): NodeJS.Timeout | undefined {
    if (expiresAt === undefined) return undefined;
    const left = expiresAt * 1000 - Date.now();
    return setTimeout(end, Math.min(Math.max(0, left), LONGEST_TIMER_MS)).unref();
  }

  const heartbeat = setInterval(() => {
    for (const stream of all) stream.beat();
  }, options.heartbeatMs).unref();

  options.draining.addEventListener('abort', () => {
    clearInterval(heartbeat);
    for (const stream of all) stream.end('server_stopping');
  });

  return {
    open(caller, response, after) {
      const { method, socket } = response.req;
      // While the place to begin was looked up the client may have left, and its session may have ended.
      if (response.destroyed || socket.destroyed) return;
      if (options.isRevoked(caller)) {
        throw new QuaysideError('unauthenticated', 'The session has ended. Sign in again.');
      }
      refuseTooMany(caller);
      if (method === 'HEAD') {
        response.status(200).set(headers).end();
        return;
      }
      markAsStream(response);
      leaveWork(response);
      response.status(200).set(headers);
      const stream: Open = {
        caller,
        ...openEventStream({
          response,
          after,
          read: (number) => options.read(caller.userId, number),
          slowReaderMs: options.slowReaderMs,
          sent: (count) => measured.sent.inc(count),
          ended(reason) {
            clearTimeout(expiry);
            forget(stream);
            measured.ended.inc({ reason });
          },
        }),
      };
      const expiry = endAt(caller, () => stream.end('token_expired'));
      remember(stream);
    },
    wake(userIds) {
      if (userIds === undefined) for (const stream of all) stream.wake();
      else for (const id of userIds) byUser.get(id)?.forEach((stream) => stream.wake());
    },
    endRevoked() {
      for (const stream of all) {
        if (options.isRevoked(stream.caller)) stream.end('session_ended');
      }
    },
  };
}
