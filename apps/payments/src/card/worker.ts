import type { Database } from '@quayside/database';
import { childLogger, withTraceContext } from '@quayside/telemetry';
import { isOpen, pauseBefore, type CardTopUp } from '../domain/card-top-up';
import { claimCardTopUps, postpone } from '../store/card-top-ups';
import { askProcessor, type Patience } from './ask-processor';
import type { CardProcessor } from './processor';
import { creditOrRefuse, recordFact } from './record-fact';

const log = childLogger({ component: 'card top-ups' });

/** Top-ups that one replica has taken up and works on at once; those of requests that it serves come on top. */
const AT_ONCE = 16;

/** How the worker works. */
export interface CardWorkerOptions extends Patience {
  database: Database;
  processor: CardProcessor;
  /** Nobody else takes up a top-up for so long: more than a step takes. */
  leaseMs: number;
  /** The first pause before a step is taken again. */
  retryMs: number;
}

/** Takes card top-ups from step to step. Any number of replicas may run one. */
export interface CardWorker {
  /** Goes on with a top-up that is ours already, under the lease that it was written with. */
  goOn(saga: CardTopUp): Promise<void>;
  /** Takes up what is due, and returns at once. */
  takeUp(topUpId?: string): Promise<void>;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
}

/**
 * One step: asks the processor outside any transaction, or credits the account, and writes what follows if the lease
 * was not lost meanwhile. Gives the top-up when it is still open and still ours.
 */
export async function takeStep(
  { database, processor, leaseMs, retryMs, ...patience }: CardWorkerOptions,
  saga: CardTopUp,
): Promise<CardTopUp | undefined> {
  if (saga.state === 'charged') return creditOrRefuse(database, saga, leaseMs);
  const fact = await askProcessor(processor, saga, patience);
  if (!fact) {
    await postpone(database, saga, pauseBefore(saga.attempts, retryMs));
    return undefined;
  }
  return database.transaction((tx) => recordFact(tx, saga, fact, leaseMs));
}

/** Makes a worker; it does nothing until it is told to. */
export function createCardWorker(options: CardWorkerOptions): CardWorker {
  const { database, leaseMs } = options;
  const underWay = new Set<Promise<void>>();
  let takenUp = 0;

  async function toTheEnd(saga: CardTopUp): Promise<void> {
    let now: CardTopUp | undefined = saga;
    while (now && isOpen(now.state)) {
      const step: CardTopUp = now;
      now = await withTraceContext(step.trace, `card top-up ${step.state}`, {}, () =>
        takeStep(options, step),
      );
    }
    if (now?.state === 'needs_attention') {
      log.error({ topUpId: now.topUpId, reason: now.reason }, 'A card top-up needs a person');
    }
  }

  function goOn(saga: CardTopUp): Promise<void> {
    const work = toTheEnd(saga)
      .catch((error: unknown) => {
        // Its lease ends, and then it is taken up again.
        log.error({ topUpId: saga.topUpId, error }, 'A step of a card top-up failed');
      })
      .finally(() => underWay.delete(work));
    underWay.add(work);
    return work;
  }

  return {
    goOn,
    async takeUp(topUpId) {
      const limit = AT_ONCE - takenUp;
      if (limit <= 0) return;
      for (const saga of await claimCardTopUps(database, { limit, leaseMs, topUpId })) {
        takenUp += 1;
        void goOn(saga).finally(() => (takenUp -= 1));
      }
    },
    async idle() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}
