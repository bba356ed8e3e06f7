import { ErrorCode, ProtocolError } from '../protocol/errors';
import type { BatchHeader } from '../protocol/record-batch';

/** What a producer may repeat: as Kafka does, the last five batches of each producer are remembered. */
const REMEMBERED_BATCHES = 5;
const MAX_SEQUENCE = 2 ** 31;

interface Remembered {
  readonly baseSequence: number;
  readonly lastSequence: number;
  readonly baseOffset: number;
}

interface Producer {
  readonly epoch: number;
  readonly batches: readonly Remembered[];
  readonly lastSeen: number;
}

/** The idempotent producers of one partition: which sequence number each is expected to send next. */
export class ProducerState {
  private readonly producers = new Map<number, Producer>();

  /**
   * Checks a batch before it is appended. Returns the offset it already has if it is a repetition.
   * Throws ProtocolError on a gap in the sequence or an old epoch.
   */
  check(batch: BatchHeader): number | undefined {
    const known = this.producers.get(batch.producerId);
    // Without state (new here, or expired) any sequence starts the producer, as in Kafka since KIP-360.
    if (batch.producerId < 0 || !known) return undefined;
    if (batch.producerEpoch < known.epoch) {
      throw new ProtocolError(ErrorCode.INVALID_PRODUCER_EPOCH, 'a newer epoch has written');
    }
    const isNewEpoch = batch.producerEpoch > known.epoch;
    if (!isNewEpoch) {
      const { baseSequence } = batch;
      const lastSequence = lastSequenceOf(batch);
      const repeated = known.batches.find(
        (past) => past.baseSequence === baseSequence && past.lastSequence === lastSequence,
      );
      if (repeated) return repeated.baseOffset;
    }
    const expected = isNewEpoch ? 0 : nextSequence(known);
    if (batch.baseSequence !== expected) {
      throw new ProtocolError(
        ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER,
        `producer ${batch.producerId} sent sequence ${batch.baseSequence}, expected ${expected}`,
      );
    }
    return undefined;
  }

  /** Remembers a batch of the log, when it is appended and again when the log is recovered. */
  remember(batch: BatchHeader, now: number): void {
    if (batch.producerId < 0) return;
    const known = this.producers.get(batch.producerId);
    const earlier = known?.epoch === batch.producerEpoch ? known.batches : [];
    const { baseSequence, baseOffset } = batch;
    const added: Remembered = { baseSequence, lastSequence: lastSequenceOf(batch), baseOffset };
    this.producers.set(batch.producerId, {
      epoch: batch.producerEpoch,
      batches: [...earlier, added].slice(-REMEMBERED_BATCHES),
      lastSeen: now,
    });
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
}

function nextSequence(producer: Producer): number {
  return ((producer.batches.at(-1)?.lastSequence ?? -1) + 1) % MAX_SEQUENCE;
}

// By offsets, not by record count: compaction lowers the count of a stored batch.
function lastSequenceOf(batch: BatchHeader): number {
  return (batch.baseSequence + batch.lastOffset - batch.baseOffset) % MAX_SEQUENCE;
}
