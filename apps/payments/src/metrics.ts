import type { ErrorCode } from '@quayside/errors';
import type { CardTopUpState } from './domain/card-top-up';
import { metrics } from '@quayside/telemetry';

/** Counts a request that moves money, or ends accounts: `done`, `replayed` (its first answer was given again), or why it was refused. */
export function countRequest(
  operation: 'top_up' | 'payment' | 'refund' | 'capture' | 'void' | 'close',
  outcome: 'done' | 'replayed' | ErrorCode,
): void {
  metrics
    .counter('payments_requests_total', 'Requests that move money, by what became of them.', [
      'operation',
      'outcome',
    ])
    .inc({ operation, outcome });
}

/** Counts a card top-up that has come to a state. */
export function countCardTopUp(state: CardTopUpState): void {
  metrics
    .counter('payments_card_top_ups_total', 'Card top-ups, by the states they came to.', ['state'])
    .inc({ state });
}

/** Shows what is open: how many need a person, and the age of the oldest that is under way. */
export function showOpenCardTopUps(needAttention: number, oldestSeconds: number): void {
  metrics
    .gauge('payments_top_ups_needing_attention', 'Card top-ups that only a person can end.')
    .set(needAttention);
  metrics
    .gauge(
      'payments_card_top_up_oldest_seconds',
      'Age of the oldest card top-up that is under way; 0: none is.',
    )
    .set(oldestSeconds);
}
