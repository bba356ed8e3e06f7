import type { Job } from '@quayside/chassis';
import { ConfigError } from '@quayside/config';
import type { Database } from '@quayside/database';
import type { z } from 'zod';
import type { settings as settingsShape } from '../config';
import { showOpenCardTopUps } from '../metrics';
import type { CardDependencies } from '../rpc/dependencies';
import { countOpen } from '../store/card-top-ups';
import type { CardProcessor } from './processor';
import { createProcessorClient } from './processor-client';
import { createCardWorker } from './worker';

/** How often what is due is looked for, at most. */
const LOOK_EVERY_MS = 1_000;
const SHOW_EVERY_MS = 10_000;
/** A step is at most two questions; and the database may take a while. */
const QUESTIONS_OF_A_STEP = 2;
const LEASE_MARGIN_MS = 10_000;

/** Everything that top-ups from cards need. */
export interface Cards {
  processor: CardProcessor;
  dependencies: CardDependencies;
  jobs: Job[];
  /** Ends what is under way; each step is bounded in time. */
  close(): Promise<void>;
}

/** Makes it all; undefined where no card processor is set. Throws a ConfigError for half of its settings. */
export function openCards(
  settings: z.infer<z.ZodObject<typeof settingsShape>>,
  database: Database,
): Cards | undefined {
  const { CARD_PROCESSOR_URL: url, CARD_PROCESSOR_API_KEY: apiKey } = settings;
  if (url === undefined && apiKey === undefined) return undefined;
  if (url === undefined || apiKey === undefined) {
    throw new ConfigError(['Set both CARD_PROCESSOR_URL and CARD_PROCESSOR_API_KEY, or neither.']);
  }
  const timeoutMs = settings.CARD_PROCESSOR_TIMEOUT_MS;
  const leaseMs = QUESTIONS_OF_A_STEP * timeoutMs + LEASE_MARGIN_MS;
  const processor = createProcessorClient({ url, apiKey, timeoutMs });
  const worker = createCardWorker({
    database,
    processor,
    leaseMs,
    retryMs: settings.CARD_RETRY_MS,
    attemptsMax: settings.CARD_ATTEMPTS_MAX,
    clockMarginMs: settings.CARD_CLOCK_MARGIN_MS,
  });
  return {
    processor,
    dependencies: {
      worker,
      leaseMs,
      chargeWithinMs: settings.CARD_CHARGE_WITHIN_MS,
      waitMs: settings.TOP_UP_WAIT_MS,
    },
    jobs: [
      {
        name: 'go on with card top-ups',
        everyMs: Math.min(LOOK_EVERY_MS, settings.CARD_RETRY_MS),
        untraced: true,
        run: () => worker.takeUp(),
      },
      {
        name: 'show card top-ups',
        everyMs: SHOW_EVERY_MS,
        untraced: true,
        async run() {
          const { needAttention, oldestSeconds } = await countOpen(database);
          showOpenCardTopUps(needAttention, oldestSeconds);
        },
      },
    ],
    async close() {
      await worker.idle();
      processor.close();
    },
  };
}
