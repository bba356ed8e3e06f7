import type { PartitionLog } from '../log/partition-log';
import { ErrorCode, MalformedError, ProtocolError } from '../protocol/errors';
import { type BatchHeader, Codec, readProducedBatch } from '../protocol/record-batch';
import { readRecords } from '../protocol/records';
import type { BrokerState } from '../state';
import { type Api, NOT_THROTTLED } from './api';
import { outcomeOf } from './outcome';

/** API 0: appends one record batch per partition. */
export const produce: Api = {
  key: 0,
  name: 'Produce',
  minVersion: 3,
  maxVersion: 8,
  // Kafka 4 also names 0 and handles 3 and up: librdkafka turns off compression otherwise (KAFKA-18659).
  advertisedMinVersion: 0,
  handle({ version, body }, response, broker) {
    body.nullableString(); // transactional id
    const acks = body.int16();
    body.int32(); // timeout: there is no replica to wait for
    const topics = body.array(() => ({
      name: body.string(),
      partitions: body.array(() => ({ index: body.int32(), records: body.nullableBytes() })),
    }));

    response.array(topics, ({ name, partitions }) => {
      response.string(name).array(partitions, ({ index, records }) => {
        const { error, message, baseOffset, startOffset } = append(
          { name, index, acks, records },
          broker,
        );
        response.int32(index).int16(error).int64(baseOffset);
        response.int64(-1); // log_append_time: timestamps are the producer's
        if (version >= 5) response.int64(startOffset);
        if (version >= 8) response.array([], () => undefined).nullableString(message);
      });
    });
    return acks === 0 ? undefined : response.int32(NOT_THROTTLED);
  },
};

interface Produced {
  readonly name: string;
  readonly index: number;
  readonly acks: number;
  readonly records: Buffer | null;
}

function append({ name, index, acks, records }: Produced, broker: BrokerState) {
  let baseOffset = -1;
  let startOffset = -1;
  const outcome = outcomeOf(() => {
    if (acks < -1 || acks > 1) {
      throw new ProtocolError(ErrorCode.INVALID_REQUIRED_ACKS, `acks ${acks}`);
    }
    const log = broker.topics.partition(name, index);
    const header = readProducedBatch(records, log.config().maxMessageBytes);
    if (!records) return;
    checkRecords(header, records, log.config().compact);
    baseOffset = store(log, header, records, broker);
    startOffset = log.logStartOffset;
  });
  return { ...outcome, baseOffset, startOffset };
}

function checkRecords(header: BatchHeader, batch: Buffer, needsKeys: boolean): void {
  // Compressed batches pass unopened, except where compaction will need their keys.
  if (header.codec !== Codec.NONE && !needsKeys) return;
  try {
    const records = readRecords(header, batch) ?? [];
    const isInOrder = records.every((r, index) => r.offset === header.baseOffset + index);
    if (!isInOrder) throw new MalformedError('record offsets are not consecutive');
    if (needsKeys && records.some((record) => record.key === null)) {
      throw new MalformedError('a compacted topic takes only records with a key');
    }
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error;
    throw new ProtocolError(ErrorCode.INVALID_RECORD, error.message);
  }
}

function store(log: PartitionLog, header: BatchHeader, batch: Buffer, broker: BrokerState): number {
  try {
    return log.append(batch, header);
  } catch (error) {
    if (error instanceof ProtocolError) throw error;
    broker.settings.log(`append to ${log.folder} failed: ${String(error)}`);
    throw new ProtocolError(ErrorCode.STORAGE_ERROR, 'the batch could not be stored');
  }
}
