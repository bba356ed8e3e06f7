import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { Coordinator } from './group/coordinator';
import { OffsetStore } from './group/offset-store';
import { readFileIfAny, writeFileAtomically } from './log/files';
import type { Settings } from './options';
import { producerIds } from './producer-ids';
import { TopicRegistry } from './topics/topic-registry';

/** The only node there is. */
export const NODE_ID = 1;

/** Everything the API handlers work on. */
export interface BrokerState {
  readonly settings: Settings;
  readonly clusterId: string;
  readonly topics: TopicRegistry;
  readonly groups: Coordinator;
  readonly nextProducerId: () => number;
  /** Aborted when the broker stops, so that nothing waits any longer. */
  readonly stopping: AbortSignal;
}

/** Opens what the data folder holds, or starts it. */
export function openState(settings: Settings, stopping: AbortSignal): BrokerState {
  const { dataDir } = settings;
  fs.mkdirSync(dataDir, { recursive: true });
  const offsets = new OffsetStore(path.join(dataDir, 'committed-offsets.jsonl'), settings.fsync);
  return {
    settings,
    clusterId: clusterId(path.join(dataDir, 'cluster-id')),
    topics: new TopicRegistry(dataDir, settings),
    groups: new Coordinator(offsets, settings),
    nextProducerId: producerIds(path.join(dataDir, 'producer-ids')),
    stopping,
  };
}

/** Flushes and closes all files. */
export function closeState(state: BrokerState): void {
  state.topics.close();
  state.groups.offsets.close();
}

function clusterId(file: string): string {
  const saved = readFileIfAny(file);
  if (saved) return saved;
  const id = Buffer.from(randomUUID().replaceAll('-', ''), 'hex').toString('base64url');
  writeFileAtomically(file, id);
  return id;
}
