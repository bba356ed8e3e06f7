import { createTopics } from '../src/api/create-topics';
import { fetch } from '../src/api/fetch';
import { initProducerId } from '../src/api/init-producer-id';
import { produce } from '../src/api/produce';
import { eventually } from './eventually';
import type { WireClient } from './wire-client';

const COORDINATOR_LOAD_IN_PROGRESS = 14;

/** Creates a topic and returns the error code. */
export async function createTopic(
  client: WireClient,
  name: string,
  config: Record<string, string> = {},
  partitions = 1,
): Promise<number> {
  const configs = Object.entries(config).map(([key, value]) => ({ name: key, value }));
  const topic = { name, partitions, replicationFactor: 1, configs };
  const { topics } = await client.call(createTopics, 1, { topics: [topic], timeoutMs: 1000 });
  return topics[0]!.error;
}

/** Produces one batch to partition 0 (acks=all). */
export async function produceBatch(
  client: WireClient,
  topic: string,
  records: Buffer,
): Promise<{ error: number; baseOffset: number }> {
  const { topics } = await client.call(produce, 3, {
    acks: -1,
    timeoutMs: 1000,
    topics: [{ name: topic, partitions: [{ records }] }],
  });
  const { error, baseOffset } = topics[0]!.partitions[0]!;
  return { error, baseOffset };
}

/** Fetches from partition 0. */
export async function fetchFrom(
  client: WireClient,
  topic: string,
  offset: number,
  options: { maxWaitMs?: number; minBytes?: number; maxBytes?: number } = {},
): Promise<{ error: number; highWatermark: number; records: Buffer }> {
  const { maxBytes = 1_000_000 } = options;
  const { topics } = await client.call(fetch, 4, {
    replicaId: -1,
    ...options,
    maxBytes,
    topics: [{ name: topic, partitions: [{ offset, maxBytes }] }],
  });
  return topics[0]!.partitions[0]!;
}

/** Asks for a producer id. */
export function newProducerId(client: WireClient): Promise<number> {
  return eventually('a producer id is given', async () => {
    const { error, producerId } = await client.call(initProducerId, 0, { timeoutMs: 1000 });
    // Kafka that has only just started says "loading" first.
    if (error === COORDINATOR_LOAD_IN_PROGRESS) return undefined;
    if (error !== 0) throw new Error(`no producer id: ${error}`);
    return producerId;
  });
}
