import type { CardProcessor } from '../card/processor';
import { readChecks, type Check } from './checks';

/** A check with what its parameters are given. */
export interface Comparison extends Check {
  values: unknown[];
}

/**
 * The checks that compare the ledger with what the card processor has: its list first, then our rows, so that what goes
 * on meanwhile does no harm. Rejects when the processor does not list.
 */
export async function processorChecks(processor: CardProcessor): Promise<Comparison[]> {
  const since = new Date();
  const { charges, refunds } = await processor.list();
  const lists: Record<string, object[]> = {
    'processor-charges': charges,
    'processor-refunds': refunds,
  };
  return readChecks('card-processor').map((check) => ({
    ...check,
    values: [JSON.stringify(lists[check.name] ?? []), since],
  }));
}
