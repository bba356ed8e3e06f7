import { eventually } from './eventually';
import type { WireClient } from './wire-client';
import type { Reader } from '../src/protocol/reader';

const COORDINATOR_LOAD_IN_PROGRESS = 14;

/** Creates a topic (CreateTopics v1) and returns the error code. */
export async function createTopic(
  client: WireClient,
  name: string,
  config: Record<string, string> = {},
  partitions = 1,
): Promise<number> {
  const reader = await client.request(19, 1, (w) =>
    w
      .array([name], (topic) => {
        w.string(topic)
          .int32(partitions)
          .int16(1)
          .array([], () => undefined);
        w.array(Object.entries(config), ([key, value]) => w.string(key).nullableString(value));
      })
      .int32(1000)
      .boolean(false),
  );
  const [result] = open(reader).array(() => {
    reader!.string();
    const error = reader!.int16();
    reader!.nullableString();
    return error;
  });
  return result ?? -1;
}

/** Produces one batch to partition 0 (Produce v3, acks=all). */
export async function produceBatch(
  client: WireClient,
  topic: string,
  batch: Buffer,
): Promise<{ error: number; baseOffset: number }> {
  const reader = open(
    await client.request(0, 3, (w) =>
      w
        .nullableString(null)
        .int16(-1)
        .int32(1000)
        .array([topic], (name) => {
          w.string(name).array([batch], (records) => w.int32(0).bytes(records));
        }),
    ),
  );
  const [result] = reader.array(() => {
    reader.string();
    return reader.array(() => {
      reader.int32();
      const found = { error: reader.int16(), baseOffset: reader.int64() };
      reader.int64();
      return found;
    });
  });
  return result![0]!;
}

/** Fetches from partition 0 (Fetch v4). */
export async function fetchFrom(
  client: WireClient,
  topic: string,
  offset: number,
  options: { maxWaitMs?: number; minBytes?: number; maxBytes?: number } = {},
): Promise<{ error: number; highWatermark: number; records: Buffer }> {
  const { maxWaitMs = 0, minBytes = 0, maxBytes = 1_000_000 } = options;
  const reader = open(
    await client.request(1, 4, (w) =>
      w
        .int32(-1)
        .int32(maxWaitMs)
        .int32(minBytes)
        .int32(maxBytes)
        .int8(0)
        .array([topic], (name) => {
          w.string(name).array([0], (index) => w.int32(index).int64(offset).int32(maxBytes));
        }),
    ),
  );
  reader.int32();
  const [result] = reader.array(() => {
    reader.string();
    return reader.array(() => {
      reader.int32();
      const error = reader.int16();
      const highWatermark = reader.int64();
      reader.int64();
      reader.nullableArray(() => undefined);
      return { error, highWatermark, records: reader.bytes() };
    });
  });
  return result![0]!;
}

/** Asks for a producer id (InitProducerId v0). */
export function initProducerId(client: WireClient): Promise<number> {
  return eventually('a producer id is given', async () => {
    const reader = open(await client.request(22, 0, (w) => w.nullableString(null).int32(1000)));
    reader.int32();
    const error = reader.int16();
    // Kafka that has only just started says "loading" first.
    if (error === COORDINATOR_LOAD_IN_PROGRESS) return undefined;
    if (error !== 0) throw new Error(`no producer id: ${error}`);
    return reader.int64();
  });
}

function open(reader: Reader | undefined): Reader {
  if (!reader) throw new Error('the connection was closed');
  return reader;
}
