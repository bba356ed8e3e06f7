import { status } from '@grpc/grpc-js';
import { QuaysideError } from '@quayside/errors';
import CircuitBreaker from 'opossum';
import { breakerState, callsNotSent } from './metrics';

/** Where the breaker of a downstream stands. */
export type BreakerState = 'closed' | 'half open' | 'open';

/** Stops calling a downstream that fails, and probes whether it has come back. */
export interface Breaker {
  /** Runs the call, or rejects at once with QuaysideError `unavailable` without running it. */
  run<T>(call: () => Promise<T>): Promise<T>;
  state(): BreakerState;
  close(): void;
}

/** When a breaker opens and probes. */
export interface BreakerOptions {
  /** Milliseconds before an open breaker lets one call through; default 1000. */
  resetMs?: number;
  /** Calls within ten seconds before it may open; default 20. */
  volumeThreshold?: number;
}

/** What a breaker guards. */
export interface Downstream {
  /** Short name, for people. */
  name: string;
  /** Full name of the gRPC service, for metrics. */
  service: string;
  /** Most calls under way at once; default: no limit. */
  maxConcurrent?: number;
}

/** Only what says that the downstream is in trouble; a refusal is an answer. */
const TROUBLE = new Set<unknown>([status.UNAVAILABLE, status.DEADLINE_EXCEEDED, status.INTERNAL]);

/** opossum's name for what counts as a success although it rejected. */
const isNoTrouble = (error: { code?: unknown } | undefined) => !TROUBLE.has(error?.code);

/** A breaker for a downstream. It opens when more than half of its calls meet trouble. */
export function createBreaker(
  { name, service, maxConcurrent }: Downstream,
  { resetMs = 1_000, volumeThreshold = 20 }: BreakerOptions = {},
): Breaker {
  const breaker = new CircuitBreaker((call: () => Promise<unknown>) => call(), {
    timeout: false, // deadlines are the calls' own
    errorThresholdPercentage: 50,
    volumeThreshold,
    resetTimeout: resetMs,
    rollingCountTimeout: 10_000,
    errorFilter: isNoTrouble,
    ...(maxConcurrent === undefined ? {} : { capacity: maxConcurrent }),
    // Both sort every latency of ten seconds, again and again; the histogram has them already.
    rollingPercentilesEnabled: false,
    enableSnapshots: false,
  });
  const publish = (value: number) => () => breakerState.set({ rpc_service: service }, value);
  breaker.on('open', publish(1)).on('halfOpen', publish(0.5)).on('close', publish(0));
  publish(0)();

  function refusal(error: unknown): QuaysideError {
    const busy = (error as { code?: unknown }).code === 'ESEMLOCKED';
    callsNotSent.inc({ rpc_service: service, reason: busy ? 'limit' : 'breaker' });
    const detail = `${name} is ${busy ? 'busy' : 'not available'}. Try again in a moment.`;
    return new QuaysideError('unavailable', detail, { cause: error });
  }

  return {
    state: () => (breaker.opened ? 'open' : breaker.halfOpen ? 'half open' : 'closed'),
    close: () => breaker.shutdown(),
    async run<T>(call: () => Promise<T>): Promise<T> {
      try {
        return (await breaker.fire(call)) as T;
      } catch (error) {
        throw CircuitBreaker.isOurError(error as Error) ? refusal(error) : error;
      }
    },
  };
}
