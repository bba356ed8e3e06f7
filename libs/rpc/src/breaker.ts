import { status } from '@grpc/grpc-js';
import { QuaysideError } from '@quayside/errors';
import CircuitBreaker from 'opossum';
import { breakerState } from './metrics';

/** Where the breaker of a downstream stands. */
export type BreakerState = 'closed' | 'half open' | 'open';

/** Stops calling a downstream that fails, and probes whether it has come back. */
export interface Breaker {
  /** Runs the call, or rejects at once with QuaysideError `unavailable` while open. */
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

/** Only what says that the downstream is in trouble; a refusal is an answer. */
const TROUBLE = new Set<number>([status.UNAVAILABLE, status.DEADLINE_EXCEEDED, status.INTERNAL]);

const isRefusal = (error: unknown) =>
  error instanceof QuaysideError && !TROUBLE.has(error.kind.grpcStatus);

/** A breaker for the downstream called `name`. It opens when half of its calls meet trouble. */
export function createBreaker(
  name: string,
  { resetMs = 1_000, volumeThreshold = 20 }: BreakerOptions = {},
): Breaker {
  const breaker = new CircuitBreaker((call: () => Promise<unknown>) => call(), {
    timeout: false, // deadlines are the calls' own
    errorThresholdPercentage: 50,
    volumeThreshold,
    resetTimeout: resetMs,
    rollingCountTimeout: 10_000,
    errorFilter: isRefusal,
  });
  const state = (): BreakerState =>
    breaker.opened ? 'open' : breaker.halfOpen ? 'half open' : 'closed';
  const publish = (value: number) => () => breakerState.set({ rpc_service: name }, value);
  breaker.on('open', publish(1)).on('halfOpen', publish(0.5)).on('close', publish(0));
  publish(0)();

  return {
    state,
    close: () => breaker.shutdown(),
    async run<T>(call: () => Promise<T>): Promise<T> {
      try {
        return (await breaker.fire(call)) as T;
      } catch (error) {
        if (CircuitBreaker.isOurError(error as Error)) {
          throw new QuaysideError(
            'unavailable',
            `${name} is not available. Try again in a moment.`,
            {
              cause: error,
            },
          );
        }
        throw error;
      }
    },
  };
}
