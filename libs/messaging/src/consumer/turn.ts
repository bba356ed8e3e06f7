import type { EachBatchPayload } from 'kafkajs';
import { pause } from '../bounded';

/** The batch has to be given back to the group unfinished: the consumer stops, or the partition is taken away. */
export class GivenBackError extends Error {
  override readonly name = 'GivenBackError';
  constructor() {
    super('The partition is given back.');
  }
}

/** One batch of one partition while this process works on it. */
export interface Turn {
  /** Throws when the work may not go on: GivenBackError, or kafkajs's error of a failed heartbeat. */
  check(): void;
  /** Waits in place, with heartbeats, and throws as `check` does. */
  pause(ms: number): Promise<void>;
  /** Says that everything before and including this offset is done. */
  commit(offset: string): Promise<void>;
}

const CHECK_EVERY_MS = 250;

/**
 * Runs `work` with a heartbeat going, so that the group knows the member is alive however long a transaction or a
 * wait for the database takes. A heartbeat that fails ends the turn at its next check.
 */
export async function takeTurn(
  payload: EachBatchPayload,
  heartbeatMs: number,
  signal: AbortSignal,
  work: (turn: Turn) => Promise<void>,
): Promise<void> {
  const { batch, heartbeat, resolveOffset, commitOffsetsIfNecessary, isRunning, isStale } = payload;
  const { topic, partition } = batch;
  let failure: unknown;
  const beat = () => {
    heartbeat().catch((error: unknown) => (failure ??= error));
  };
  const check = () => {
    if (failure !== undefined) throw failure instanceof Error ? failure : new GivenBackError();
    if (signal.aborted || !isRunning() || isStale()) throw new GivenBackError();
  };
  const timer = setInterval(beat, heartbeatMs);
  try {
    await work({
      check,
      async pause(ms) {
        const until = Date.now() + ms;
        check();
        while (Date.now() < until) {
          await pause(Math.min(CHECK_EVERY_MS, until - Date.now()), signal);
          check();
        }
      },
      async commit(offset) {
        resolveOffset(offset);
        // Control records behind the last message have offsets too, and nothing else would step over them.
        const last = offset === batch.messages.at(-1)?.offset ? batch.lastOffset() : offset;
        const next = (BigInt(last) + 1n).toString();
        await commitOffsetsIfNecessary({
          topics: [{ topic, partitions: [{ partition, offset: next }] }],
        });
      },
    });
  } finally {
    clearInterval(timer);
  }
}
