import { setTimeout } from 'node:timers/promises';
import type { BrokerState } from '../state';
import { compact } from './compaction';
import type { PartitionLog } from './partition-log';
import type { Segment } from './segment';

// Kafka's producer.id.expiration.ms.
const PRODUCER_EXPIRATION_MS = 24 * 60 * 60 * 1000;

/** Retention, compaction and housekeeping, from time to time; resolves when the broker stops. */
export async function maintain({ topics, groups, settings, stopping }: BrokerState): Promise<void> {
  const { maintenanceIntervalMs } = settings;
  const options = { signal: stopping };
  for (;;) {
    await setTimeout(maintenanceIntervalMs, undefined, options).catch(() => undefined);
    if (stopping.aborted) return;
    groups.forgetUnused();
    for (const log of topics.partitions()) {
      await maintainLog(log, stopping).catch((error: unknown) => {
        settings.log(`maintenance of ${log.folder} failed: ${String(error)}`);
      });
    }
  }
}

async function maintainLog(log: PartitionLog, stopping: AbortSignal): Promise<void> {
  if (log.isClosed || stopping.aborted) return;
  const now = Date.now();
  const config = log.config();
  log.producers.expire(now - PRODUCER_EXPIRATION_MS);
  log.rollIfDue();
  if (config.delete) applyRetention(log, now);
  if (config.compact) await compact(log, now, stopping);
  log.closeIdleFiles();
}

/** Removes whole segments, oldest first, that are older or more than the topic keeps. */
export function applyRetention(log: PartitionLog, now: number): void {
  const { retentionMs, retentionBytes } = log.config();
  const isExpired = ({ size, maxTimestamp }: Segment): boolean =>
    size === 0 || (maxTimestamp >= 0 && maxTimestamp < now - retentionMs);
  if (retentionMs >= 0) {
    // The active segment cannot be removed, but it can stop being active.
    if (log.active.size > 0 && log.segments.every(isExpired)) log.roll();
    removeWhile(log, isExpired);
  }
  let surplus = log.segments.reduce((sum, { size }) => sum + size, 0) - retentionBytes;
  if (retentionBytes >= 0) removeWhile(log, ({ size }) => (surplus -= size) >= 0);
}

function removeWhile(log: PartitionLog, isToGo: (segment: Segment) => boolean): void {
  const firstKept = log.segments.find((one) => one === log.active || !isToGo(one)) ?? log.active;
  log.advanceStart(firstKept.baseOffset);
}
