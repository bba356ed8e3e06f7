import type { CardProcessor } from '../card/processor';
import { readChecks, type Check } from './checks';

const HOUR_MS = 3_600_000;

/** How far back the scheduled audit compares: what is older it has compared before, over and over. */
const COMPARED_MS = 7 * 24 * HOUR_MS;

/** A check with what its parameters are given. */
export interface Comparison extends Check {
  values: unknown[];
}

/**
 * The checks that compare the ledger with what the card processor has of the last week: its list first, then our rows, so that what goes
 * on meanwhile does no harm. Rejects when the processor does not list.
 */
export async function processorChecks(processor: CardProcessor): Promise<Comparison[]> {
  const since = new Date();
  const from = new Date(since.getTime() - COMPARED_MS);
  // Its clock may be behind ours: what belongs to a top-up of the week is in the list for sure.
  const { charges, refunds } = await processor.list(new Date(from.getTime() - HOUR_MS));
  const lists: Record<string, object[]> = {
    'processor-charges': charges,
    'processor-refunds': refunds,
  };
  return readChecks('card-processor').map((check) => ({
    ...check,
    values: [JSON.stringify(lists[check.name] ?? []), since, from],
  }));
}
