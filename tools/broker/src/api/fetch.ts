import type { PartitionLog } from '../log/partition-log';
import { ErrorCode, ProtocolError } from '../protocol/errors';
import type { Reader } from '../protocol/reader';
import type { Writer } from '../protocol/writer';
import type { BrokerState } from '../state';
import { type Api, NOT_THROTTLED } from './api';
import { checkLeaderEpoch } from './leader-epoch';
import { outcomeOf } from './outcome';

/** Clients poll again and again; one that asks for longer than this is answered early. */
const MAX_WAIT_MS = 60_000;
const READ_COMMITTED = 1;

interface Wanted {
  readonly topic: string;
  readonly partition: number;
  readonly leaderEpoch: number;
  readonly offset: number;
  readonly maxBytes: number;
}

interface Found {
  readonly wanted: Wanted;
  readonly error: ErrorCode;
  readonly log: PartitionLog | undefined;
  readonly records: Buffer;
}

/** API 1: reads whole batches; waits for more (long poll) while there are fewer bytes than asked for. */
export const fetch: Api = {
  key: 1,
  name: 'Fetch',
  minVersion: 4,
  maxVersion: 11,
  async handle({ version, body }, response, broker) {
    const request = readRequest(body, version);
    const deadline = Date.now() + Math.min(request.maxWaitMs, MAX_WAIT_MS);
    let found = readAll(request.wanted, request.maxBytes, broker);
    while (isWorthWaiting(found, request.minBytes) && Date.now() < deadline) {
      const missing = request.minBytes - sizeOf(found);
      if (!(await moreBytes(found, missing, deadline, broker.stopping))) break;
      found = readAll(request.wanted, request.maxBytes, broker);
    }
    // Session id 0 says that no fetch session was made: every request names its partitions (KIP-227).
    response.int32(NOT_THROTTLED);
    if (version >= 7) response.int16(ErrorCode.NONE).int32(0);
    return writeFound(response, version, request.isReadCommitted, found);
  },
};

function readRequest(body: Reader, version: number) {
  body.int32(); // replica id
  const maxWaitMs = body.int32();
  const minBytes = body.int32();
  const maxBytes = body.int32();
  const isReadCommitted = body.int8() === READ_COMMITTED;
  if (version >= 7) {
    body.int32(); // session id
    body.int32(); // session epoch
  }
  const topics = body.array(() => {
    const topic = body.string();
    return body.array((): Wanted => {
      const partition = body.int32();
      const leaderEpoch = version >= 9 ? body.int32() : -1;
      const offset = body.int64();
      if (version >= 5) body.int64(); // log start offset of a follower
      return { topic, partition, leaderEpoch, offset, maxBytes: body.int32() };
    });
  });
  return { maxWaitMs, minBytes, maxBytes, isReadCommitted, wanted: topics.flat() };
}

function readAll(wanted: readonly Wanted[], maxBytes: number, broker: BrokerState): Found[] {
  let left = Math.min(maxBytes, broker.settings.maxFetchBytes);
  let isFirst = true;
  return wanted.map((one) => {
    let log: PartitionLog | undefined;
    let records: Buffer = Buffer.alloc(0);
    const { error } = outcomeOf(() => {
      log = broker.topics.partition(one.topic, one.partition);
      checkLeaderEpoch(one.leaderEpoch);
      if (one.offset < log.logStartOffset || one.offset > log.endOffset) {
        throw new ProtocolError(ErrorCode.OFFSET_OUT_OF_RANGE, `offset ${one.offset}`);
      }
      // The first batch is given whatever its size, or a reader could never get past it (KIP-74).
      records = log.read(one.offset, Math.max(0, Math.min(one.maxBytes, left)), isFirst);
    });
    left -= records.length;
    isFirst &&= records.length === 0;
    return { wanted: one, error, log, records };
  });
}

function isWorthWaiting(found: readonly Found[], minBytes: number): boolean {
  return sizeOf(found) < minBytes && found.every(({ error }) => error === ErrorCode.NONE);
}

function sizeOf(found: readonly Found[]): number {
  return found.reduce((sum, { records }) => sum + records.length, 0);
}

/** True as soon as so many bytes have been appended; false when the time is up or the broker stops. */
function moreBytes(
  found: readonly Found[],
  missing: number,
  deadline: number,
  stopping: AbortSignal,
): Promise<boolean> {
  if (stopping.aborted) return Promise.resolve(false);
  return new Promise((resolve) => {
    let left = missing;
    const finish = (isMore: boolean): void => {
      clearTimeout(timer);
      stopping.removeEventListener('abort', stop);
      unsubscribers.forEach((unsubscribe) => unsubscribe());
      resolve(isMore);
    };
    const stop = (): void => finish(false);
    const timer = setTimeout(stop, Math.max(0, deadline - Date.now()));
    stopping.addEventListener('abort', stop);
    const unsubscribers = found.flatMap(({ log }) =>
      log ? [log.onAppend((bytes) => ((left -= bytes) <= 0 ? finish(true) : undefined))] : [],
    );
  });
}

function writeFound(
  response: Writer,
  version: number,
  isReadCommitted: boolean,
  found: readonly Found[],
): Writer {
  const byTopic = new Map<string, Found[]>();
  for (const one of found) {
    const { topic } = one.wanted;
    byTopic.set(topic, [...(byTopic.get(topic) ?? []), one]);
  }
  return response.array([...byTopic], ([topic, partitions]) => {
    response.string(topic).array(partitions, ({ wanted, error, log, records }) => {
      const end = error === ErrorCode.NONE && log ? log.endOffset : -1;
      response.int32(wanted.partition).int16(error);
      response.int64(end).int64(end); // high watermark, last stable offset
      if (version >= 5) response.int64(end < 0 ? -1 : (log?.logStartOffset ?? -1));
      // No transactions, so none was aborted.
      response.nullableArray(isReadCommitted ? [] : null, () => undefined);
      if (version >= 11) response.int32(-1); // preferred read replica
      response.bytes(records);
    });
  });
}
