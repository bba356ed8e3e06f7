import { refuse } from '../protocol/errors';
import type { BatchHeader } from '../protocol/record-batch';

/** As in Kafka, a producer may repeat each of its last five batches. */
const REMEMBERED_BATCHES = 5;
const MAX_SEQUENCE = 2 ** 31;

/** What is remembered of one producer. */
export interface Producer {
  readonly epoch: number;
  readonly batches: readonly {
    readonly baseSequence: number;
    readonly lastSequence: number;
    readonly baseOffset: number;
  }[];
  readonly lastSeen: number;
}

/** The idempotent producers of a partition: which sequence number each has to send next. */
export class ProducerState {
  constructor(private readonly producers: Map<number, Producer>) {}

  /**
   * Checks a batch before it is appended. Returns the offset it already has if it is a repetition.
   * Throws ProtocolError on a gap in the sequence or an old epoch.
   */
  check(batch: BatchHeader): number | undefined {
    const { producerId, producerEpoch, baseSequence } = batch;
    const known = this.producers.get(producerId);
    // Without state (new here, or expired) any sequence will do, as in Kafka since KIP-360.
    if (producerId < 0 || !known) return undefined;
    if (producerEpoch < known.epoch) refuse('INVALID_PRODUCER_EPOCH', 'a newer epoch has written');
    // A new epoch begins anew.
    const batches = producerEpoch > known.epoch ? [] : known.batches;
    const lastSequence = lastSequenceOf(batch);
    const repeated = batches.find(
      (past) => past.baseSequence === baseSequence && past.lastSequence === lastSequence,
    );
    if (repeated) return repeated.baseOffset;
    const expected = ((batches.at(-1)?.lastSequence ?? -1) + 1) % MAX_SEQUENCE;
    if (baseSequence !== expected) {
      const got = `producer ${producerId} sent sequence ${baseSequence}, expected ${expected}`;
      refuse('OUT_OF_ORDER_SEQUENCE_NUMBER', got);
    }
    return undefined;
  }

  /** Remembers a batch of the log, when it is appended and again when the log is opened. */
  remember(batch: BatchHeader, now = batch.maxTimestamp): void {
    const { producerId, producerEpoch: epoch, baseSequence, baseOffset } = batch;
    if (producerId < 0) return;
    const known = this.producers.get(producerId);
    const earlier = known?.epoch === epoch ? known.batches : [];
    const added = { baseSequence, lastSequence: lastSequenceOf(batch), baseOffset };
    const batches = [...earlier, added].slice(-REMEMBERED_BATCHES);
    this.producers.set(producerId, { epoch, batches, lastSeen: now });
  }

  /** Whether compaction must keep the batch, emptied: it carries its producer's last sequence. */
  isLastOfProducer(batch: BatchHeader): boolean {
    return this.producers.get(batch.producerId)?.batches.at(-1)?.baseOffset === batch.baseOffset;
  }

  expire(lastSeenBefore: number): void {
    for (const [id, producer] of this.producers) {
      if (producer.lastSeen < lastSeenBefore) this.producers.delete(id);
    }
  }

  /** All of it, by producer id, for the next start. */
  all(): [number, Producer][] {
    return [...this.producers];
  }
}

// By offsets, not by record count: compaction lowers the count of a stored batch.
function lastSequenceOf(batch: BatchHeader): number {
  return (batch.baseSequence + batch.lastOffset - batch.baseOffset) % MAX_SEQUENCE;
}
