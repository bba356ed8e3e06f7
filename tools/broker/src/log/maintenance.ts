import type { BrokerState } from '../state';
import { compact } from './compaction';
import type { PartitionLog } from './partition-log';
import { applyRetention } from './retention';

// Kafka's producer.id.expiration.ms.
const PRODUCER_EXPIRATION_MS = 24 * 60 * 60 * 1000;

/** Retention, compaction and housekeeping, from time to time. */
export function startMaintenance(broker: BrokerState): { stop(): Promise<void> } {
  let running = Promise.resolve();
  let isIdle = true;
  const timer = setInterval(() => {
    if (!isIdle) return;
    isIdle = false;
    running = maintain(broker).finally(() => (isIdle = true));
  }, broker.settings.maintenanceIntervalMs);
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}

async function maintain({ topics, groups, settings, stopping }: BrokerState): Promise<void> {
  groups.forgetUnused();
  for (const log of topics.all().flatMap((topic) => topic.partitions)) {
    if (stopping.aborted) return;
    try {
      await maintainLog(log, stopping);
    } catch (error) {
      settings.log(`maintenance of ${log.folder} failed: ${String(error)}`);
    }
  }
}

async function maintainLog(log: PartitionLog, stopping: AbortSignal): Promise<void> {
  if (log.isClosed) return;
  const now = Date.now();
  const config = log.config();
  log.producers.expire(now - PRODUCER_EXPIRATION_MS);
  log.rollIfDue();
  if (config.delete) applyRetention(log, now);
  if (config.compact) await compact(log, now, stopping);
  log.closeIdleFiles();
}
