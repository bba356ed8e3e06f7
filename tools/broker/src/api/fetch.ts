import type { PartitionLog } from '../log/partition-log';
import { refuse } from '../protocol/errors';
import type { MessageOf } from '../protocol/message-type';
import type { BrokerState } from '../state';
import { defineApi, outcomesOf } from './api';

/** Clients poll again and again; one that asks for longer than this is answered early. */
const MAX_WAIT_MS = 60_000;
const READ_COMMITTED = 1;

const request = `replicaId:int32 maxWaitMs:int32 minBytes:int32 maxBytes:int32 isolationLevel:int8
  sessionId@7+:int32 sessionEpoch@7+:int32 topics:[ name:string partitions:[ index:int32
  leaderEpoch@9+:int32=-1 offset:int64 followerStartOffset@5+:int64 maxBytes:int32 ] ]
  forgotten@7+:[ name:string partitions:[int32] ] rack@11+:string`;
type Request = MessageOf<typeof request>;

/** Reads whole batches; waits for more (long poll) while there are fewer bytes than asked for. */
export const fetch = defineApi(1, 'Fetch', [4, 11], {
  request,
  // Session id 0: none is made (KIP-227), and every request names its partitions.
  response: `throttleMs:int32 error@7+:int16 sessionId@7+:int32 topics:[ name:string partitions:[
    index:int32 error:int16 highWatermark:int64=-1 lastStableOffset:int64=-1
    startOffset@5+:int64=-1 abortedTransactions:?[ producerId:int64 firstOffset:int64 ]
    preferredReplica@11+:int32=-1 records:bytes ] ]`,
  async handle(request, { broker }) {
    const deadline = Date.now() + Math.min(request.maxWaitMs, MAX_WAIT_MS);
    const maxBytes = Math.min(request.maxBytes, broker.settings.maxFetchBytes);
    const minBytes = Math.min(request.minBytes, maxBytes);
    for (;;) {
      const { topics, found, logs, mayGrow } = readAll(request, maxBytes, broker);
      const isDue = Date.now() >= deadline || broker.stopping.aborted;
      if (found >= minBytes || !mayGrow || isDue) return { topics };
      await moreBytes(logs, minBytes - found, deadline);
    }
  },
});

/** `mayGrow`: all there is was read, so only what is appended to the logs could add to it. */
function readAll(request: Request, maxBytes: number, broker: BrokerState) {
  // No transactions, so none was aborted.
  const abortedTransactions = request.isolationLevel === READ_COMMITTED ? [] : null;
  const logs: PartitionLog[] = [];
  let found = 0;
  const topics = outcomesOf(request.topics, (topic, wanted) => {
    const { index, offset, leaderEpoch } = wanted;
    const log = broker.topics.partition(topic, index, leaderEpoch);
    const { logStartOffset: startOffset, endOffset: highWatermark } = log;
    if (offset < startOffset || offset > highWatermark) {
      refuse('OFFSET_OUT_OF_RANGE', `offset ${offset}`);
    }
    // The first batch is given whatever its size, or a reader could never get past it (KIP-74).
    const limit = Math.min(wanted.maxBytes, maxBytes - found);
    const { records, nextOffset } = log.read(offset, limit, found === 0);
    found += records.length;
    if (nextOffset === highWatermark) logs.push(log);
    const lastStableOffset = highWatermark;
    return { startOffset, highWatermark, lastStableOffset, abortedTransactions, records };
  });
  const asked = topics.reduce((sum, { partitions }) => sum + partitions.length, 0);
  return { topics, found, logs, mayGrow: asked > 0 && logs.length === asked };
}

/** Resolves when so many bytes have been appended, the time is up or the broker stops. */
function moreBytes(logs: PartitionLog[], missing: number, deadline: number): Promise<void> {
  return new Promise((resolve) => {
    let left = missing;
    const listener = (bytes: number): void => {
      left -= bytes;
      if (left > 0) return;
      clearTimeout(timer);
      logs.forEach((log) => log.listeners.delete(listener));
      resolve();
    };
    const timer = setTimeout(listener, deadline - Date.now(), Infinity);
    logs.forEach((log) => log.listeners.add(listener));
  });
}
