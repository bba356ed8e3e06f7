import type { PartitionLog } from './partition-log';

/** Removes whole segments, oldest first, that are older or more than the topic keeps. */
export function applyRetention(log: PartitionLog, now: number): void {
  const { retentionMs, retentionBytes } = log.config();
  if (retentionMs >= 0) dropExpired(log, now - retentionMs);
  if (retentionBytes >= 0) dropSurplus(log, retentionBytes);
}

function dropExpired(log: PartitionLog, oldestKept: number): void {
  const isExpired = ({ maxTimestamp, size }: PartitionLog['active']): boolean =>
    size === 0 || (maxTimestamp >= 0 && maxTimestamp < oldestKept);
  // The active segment cannot be removed, but it can stop being active.
  if (log.active.size > 0 && log.segments.every(isExpired)) log.roll();
  const firstKept = log.segments.find((segment) => segment === log.active || !isExpired(segment));
  if (firstKept) log.advanceStart(firstKept.baseOffset);
}

function dropSurplus(log: PartitionLog, keptBytes: number): void {
  let surplus = log.segments.reduce((sum, { size }) => sum + size, 0) - keptBytes;
  let start = log.logStartOffset;
  for (const segment of log.segments) {
    surplus -= segment.size;
    if (segment === log.active || surplus < 0) break;
    start = segment.nextOffset;
  }
  log.advanceStart(start);
}
