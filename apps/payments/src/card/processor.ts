/** A charge as the processor has it. */
export interface ProcessorCharge {
  chargeId: string;
  /** The top-up. */
  key: string;
  amount: string;
  currency: string;
  status: 'succeeded' | 'declined';
  createdAt: string;
}

/** A refund as the processor has it. */
export interface ProcessorRefund {
  refundId: string;
  key: string;
  chargeId: string;
  amount: string;
  currency: string;
  createdAt: string;
}

/** A charge that is asked for. */
export interface ChargeOrder {
  key: string;
  cardToken: string;
  amount: bigint;
  currency: string;
  notAfter: Date;
}

/** A refund that is asked for. */
export interface RefundOrder {
  key: string;
  chargeId: string;
  amount: bigint;
}

/**
 * The company that charges cards. It deduplicates by our key. Every call rejects with Unanswered when its outcome is
 * not known; `refused` is an answer for good.
 */
export interface CardProcessor {
  charge(order: ChargeOrder): Promise<ProcessorCharge | 'refused'>;
  /** The charge with our key; undefined: there is none as yet. */
  findCharge(key: string): Promise<ProcessorCharge | undefined>;
  refund(order: RefundOrder): Promise<ProcessorRefund | 'refused'>;
  /** All charges and refunds that it has made for us at that time and later, asked for in pages. */
  list(createdFrom: Date): Promise<{ charges: ProcessorCharge[]; refunds: ProcessorRefund[] }>;
  close(): void;
}

/** Nobody knows whether it was done. */
export class Unanswered extends Error {
  override readonly name = 'Unanswered';
}
