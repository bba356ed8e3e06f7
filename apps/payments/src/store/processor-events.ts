import type { Transaction } from '@quayside/database';

/** What the processor has told. */
export interface ProcessorEvent {
  eventId: string;
  type: string;
  chargeId: string;
  /** The id of the top-up, if it is of one. */
  chargeKey: string;
  refundId: string;
  amount: bigint;
  currency: string;
  occurredAt: Date;
}

/** Keeps an event; false when it was there already. Two at once: the second waits for the first. */
export async function insertProcessorEvent(
  tx: Transaction,
  event: ProcessorEvent,
): Promise<boolean> {
  const { eventId, type, chargeId, chargeKey, refundId, amount, currency, occurredAt } = event;
  const rows = await tx.query(
    `INSERT INTO processor_events (event_id, type, charge_id, charge_key, refund_id, amount, currency, occurred_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING RETURNING event_id`,
    [eventId, type, chargeId, chargeKey, refundId, amount, currency, occurredAt],
  );
  return rows.length > 0;
}

/** Whether the processor has told of a charge of another amount than this, under this key, and of a refund of all of it. */
export async function toldOfMismatchUndone(
  tx: Transaction,
  { chargeKey, amount, currency }: Pick<ProcessorEvent, 'chargeKey' | 'amount' | 'currency'>,
): Promise<boolean> {
  const rows = await tx.query(
    `SELECT FROM processor_events AS charge JOIN processor_events AS refund USING (charge_key, charge_id, amount, currency)
     WHERE charge_key = $1 AND charge.type = 'charge.succeeded' AND refund.type = 'refund.succeeded'
       AND (amount, currency) <> ($2, $3)`,
    [chargeKey, amount, currency],
  );
  return rows.length > 0;
}
