import type { ErrorCode } from '@quayside/errors';
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
