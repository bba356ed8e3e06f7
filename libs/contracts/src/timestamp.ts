import type { Timestamp, Timestamp__Output } from './generated/google/protobuf/Timestamp';

/** A protobuf timestamp from a Date, millisecond precision. */
export function toTimestamp(date: Date): Timestamp__Output {
  const milliseconds = date.getTime();
  const seconds = Math.floor(milliseconds / 1000);
  return { seconds: String(seconds), nanos: (milliseconds - seconds * 1000) * 1_000_000 };
}

/** A Date from a protobuf timestamp; absent means the epoch, as proto3 defaults do. */
export function fromTimestamp(timestamp: Timestamp | null | undefined): Date {
  const seconds = Number(timestamp?.seconds ?? 0);
  return new Date(seconds * 1000 + Math.floor((timestamp?.nanos ?? 0) / 1_000_000));
}
