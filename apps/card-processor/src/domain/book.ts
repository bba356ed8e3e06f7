import type { Charge, JournalRecord, ProcessorEvent, Refund, Token } from './records';

/** All that the journal says, as it stands after its last line. */
export class Book {
  readonly tokens = new Map<string, Token>();
  /** In the order in which they were made. */
  readonly charges: Charge[] = [];
  readonly refunds: Refund[] = [];
  /** Events that nobody has taken yet, by id. */
  readonly undelivered = new Map<string, ProcessorEvent>();
  private readonly failedRefunds = new Map<string, number>();

  /** Takes in one more line. */
  apply(record: JournalRecord): void {
    switch (record.type) {
      case 'token':
        this.tokens.set(record.token.token, record.token);
        break;
      case 'charge':
        this.charges.push(record.charge);
        this.announce(record.events);
        break;
      case 'refund':
        this.refunds.push(record.refund);
        this.announce(record.events);
        break;
      case 'refund_failed':
        this.failedRefunds.set(record.key, this.failuresOf(record.key) + 1);
        break;
      case 'delivered':
        this.undelivered.delete(record.eventId);
        break;
    }
  }

  chargeOf(key: string): Charge | undefined {
    return this.charges.find((charge) => charge.key === key);
  }

  charge(chargeId: string): Charge | undefined {
    return this.charges.find((charge) => charge.chargeId === chargeId);
  }

  refundOf(key: string): Refund | undefined {
    return this.refunds.find((refund) => refund.key === key);
  }

  /** Minor units of a charge that have been given back. */
  refundedOf(chargeId: string): bigint {
    return this.refunds
      .filter((refund) => refund.chargeId === chargeId)
      .reduce((sum, { amount }) => sum + BigInt(amount), 0n);
  }

  /** How often the refund with this key has failed. */
  failuresOf(key: string): number {
    return this.failedRefunds.get(key) ?? 0;
  }

  private announce(events: readonly ProcessorEvent[]): void {
    for (const event of events) this.undelivered.set(event.eventId, event);
  }
}
