import { randomBytes } from 'node:crypto';
import * as path from 'node:path';
import { Coordinator } from './group/coordinator';
import { OffsetStore } from './group/offset-store';
import { readFileIfAny, writeFileAtomically } from './log/files';
import type { Settings } from './options';
import { TopicRegistry } from './topics/topic-registry';

/** The only node there is. */
export const NODE_ID = 1;

const PRODUCER_ID_BLOCK = 1000;

/** Everything the API handlers work on. */
export type BrokerState = Readonly<ReturnType<typeof openState>>;

/** Opens what the data folder holds, or starts it. When `stopping` is aborted, no new wait begins. */
export function openState(settings: Settings, stopping: AbortSignal) {
  const file = (name: string): string => path.join(settings.dataDir, name);
  const topics = new TopicRegistry(settings.dataDir, settings);
  const hasTopic = (topic: string): boolean => topics.get(topic) !== undefined;
  const offsets = new OffsetStore(file('committed-offsets.jsonl'), settings.fsync, hasTopic);
  return {
    settings,
    clusterId: clusterId(file('cluster-id')),
    topics,
    groups: new Coordinator(offsets),
    nextProducerId: producerIds(file('producer-ids')),
    stopping,
  };
}

/** Flushes and closes all files. */
export function closeState({ topics, groups }: BrokerState): void {
  topics.close();
  groups.offsets.close();
}

function clusterId(file: string): string {
  const saved = readFileIfAny(file);
  if (saved) return saved;
  const id = randomBytes(16).toString('base64url');
  writeFileAtomically(file, id);
  return id;
}

/**
 * Hands out producer ids, each once for ever: the file names the end of the block in use and is on
 * disk before the first id of the block is given. A restart begins the next block.
 */
function producerIds(file: string): () => number {
  let next = Number(readFileIfAny(file) ?? 0);
  let blockEnd = next;
  return () => {
    if (next === blockEnd) {
      writeFileAtomically(file, String(blockEnd + PRODUCER_ID_BLOCK));
      blockEnd += PRODUCER_ID_BLOCK;
    }
    next += 1;
    return next - 1;
  };
}
