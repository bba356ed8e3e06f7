import type { PartitionLog } from '../log/partition-log';
import { malformed, ProtocolError, refuse } from '../protocol/errors';
import { type BatchHeader, Codec, readProducedBatch } from '../protocol/record-batch';
import { canUnpack, readRecords } from '../protocol/records';
import type { BrokerState } from '../state';
import { defineApi, outcomesOf } from './api';

/** Appends one record batch per partition. */
export const produce = defineApi(0, 'Produce', [3, 8], {
  request: `transactionalId:?string acks:int16 timeoutMs:int32
    topics:[ name:string partitions:[ index:int32 records:?bytes ] ]`,
  response: `topics:[ name:string partitions:[ index:int32 error:int16 baseOffset:int64=-1
    logAppendTime:int64=-1 startOffset@5+:int64=-1
    recordErrors@8+:[ index:int32 message:?string ] message@8+:?string ] ] throttleMs:int32`,
  handle({ acks, topics }, { broker }) {
    const answers = outcomesOf(topics, (topic, { index, records }) => {
      if (acks < -1 || acks > 1) refuse('INVALID_REQUIRED_ACKS', `acks ${acks}`);
      const log = broker.topics.partition(topic, index);
      const { maxMessageBytes, compact } = log.config();
      const batch = records ?? Buffer.alloc(0);
      const header = readProducedBatch(batch, maxMessageBytes);
      checkRecords(header, batch, compact);
      return { baseOffset: store(log, header, batch, broker), startOffset: log.logStartOffset };
    });
    if (acks !== 0) return { topics: answers };
    // As in Kafka: where there is no answer, only the end of the connection can tell of a refusal.
    const isRefused = answers.some(({ partitions }) => partitions.some(({ error }) => error !== 0));
    return isRefused ? malformed('refused what came with acks=0') : undefined;
  },
});

function checkRecords(header: BatchHeader, batch: Buffer, needsKeys: boolean): void {
  // Compressed batches pass unopened, except where compaction will need their keys.
  if (!canUnpack(header) || (header.codec !== Codec.NONE && !needsKeys)) return;
  const records = readRecords(header, batch) ?? refuse('INVALID_RECORD', 'damaged records');
  records.forEach(({ offset, key }, index) => {
    if (offset !== header.baseOffset + index) refuse('INVALID_RECORD', 'offsets have gaps');
    if (needsKeys && !key) refuse('INVALID_RECORD', 'a compacted topic takes only keyed records');
  });
}

function store(log: PartitionLog, header: BatchHeader, batch: Buffer, broker: BrokerState): number {
  try {
    return log.append(batch, header);
  } catch (error) {
    if (error instanceof ProtocolError) throw error;
    broker.settings.log(`append to ${log.folder} failed: ${String(error)}`);
    return refuse('STORAGE_ERROR', 'the batch could not be stored');
  }
}
