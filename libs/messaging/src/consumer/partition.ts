import { deadLetterTopic, type ConsumerGroup } from '@quayside/contracts';
import type { Database } from '@quayside/database';
import type { Logger } from '@quayside/telemetry';
import type { EachBatchPayload, KafkaMessage } from 'kafkajs';
import { backoffMs } from '../bounded';
import { reasonHeaders } from '../dead-letters/headers';
import type { ConsumerHandlers, ReceivedEvent } from '../events/received';
import type { Sender } from '../kafka/sender';
import { applyEvents } from './apply';
import { decode, handledTypes, type Decoded } from './decode';
import { codeOfFailure, judge } from './failure';
import type { ConsumerMetrics } from './metrics';
import { GivenBackError, takeTurn, type Turn } from './turn';

/** What working on a partition needs. */
export interface PartitionWork {
  group: ConsumerGroup;
  database: Database;
  handlers: ConsumerHandlers;
  /** Of its own: a dead letter must not wait behind anything. */
  sender: Sender;
  metrics: ConsumerMetrics;
  log: Logger;
  /** Most events in one transaction. */
  batchSize: number;
  heartbeatMs: number;
  signal: AbortSignal;
}

/** Why events could not be applied, and after how many tries. */
interface GivenUp {
  error: unknown;
  attempts: number;
}

type Events = readonly [ReceivedEvent, ...ReceivedEvent[]];

const WAIT = { firstMs: 100, maxMs: 5_000 };
/** How often an error that nobody foresaw is tried before the message is given up. */
const UNEXPLAINED_ATTEMPTS = 3;

/** Works through one batch of one partition: the function that kafkajs calls. */
export function partitionWorker(work: PartitionWork): (payload: EachBatchPayload) => Promise<void> {
  const { group, database, handlers, sender, metrics, log, batchSize, heartbeatMs, signal } = work;
  const types = handledTypes(handlers);

  /** Waits in place for as long as it takes: a retry topic would let later events of the key overtake. */
  async function waitFor(turn: Turn, topic: string, attempt: number, error: unknown) {
    if (attempt === 1) log.warn({ topic, error }, 'Cannot go on with this partition yet; waiting');
    metrics.waiting(topic, true);
    try {
      await turn.pause(backoffMs(attempt, WAIT.firstMs, WAIT.maxMs));
    } finally {
      metrics.waiting(topic, false);
    }
  }

  async function applyOnce(events: Events): Promise<void> {
    const [{ topic }] = events;
    const started = performance.now();
    const seconds = () => (performance.now() - started) / 1000;
    try {
      const fresh = await applyEvents(database, group.group, handlers, events);
      metrics.processed(topic, seconds());
      metrics.consumed(topic, 'applied', fresh);
      metrics.consumed(topic, 'duplicate', events.length - fresh);
    } catch (error) {
      metrics.processed(topic, seconds(), codeOfFailure(error));
      throw error;
    }
  }

  /** Applies events together or not at all; answers why, if that is for good. */
  async function apply(turn: Turn, events: Events): Promise<GivenUp | undefined> {
    let unexplained = 0;
    for (let attempts = 1; ; attempts += 1) {
      turn.check();
      try {
        await applyOnce(events);
        if (attempts > 1) log.info({ topic: events[0].topic, attempts }, 'Going on');
        return undefined;
      } catch (error) {
        const verdict = judge(error);
        if (verdict === 'unexplained') unexplained += 1;
        // Of several together it is not known whose fault it is: they are then tried one by one.
        const forGood =
          verdict === 'refused' || unexplained >= UNEXPLAINED_ATTEMPTS || events.length > 1;
        if (verdict !== 'wait' && forGood) return { error, attempts };
        await waitFor(turn, events[0].topic, attempts, error);
      }
    }
  }

  /** Moves a message out of the way, for as long as that takes: it may not be lost either. */
  async function bury(
    turn: Turn,
    message: KafkaMessage,
    origin: { topic: string; partition: number },
    { error, attempts, code }: GivenUp & { code: string },
  ): Promise<void> {
    const reason = error instanceof Error ? error.message : String(error);
    const { topic, partition } = origin;
    const { offset } = message;
    log.error({ topic, partition, offset, code, error }, 'A message becomes a dead letter');
    const headers = {
      ...message.headers,
      ...reasonHeaders({
        group: group.group,
        ...origin,
        offset,
        code,
        message: reason,
        time: new Date(),
        attempts,
      }),
    };
    const letter = { key: message.key, value: message.value, headers };
    const topicMessages = [{ topic: deadLetterTopic(group.group, topic), messages: [letter] }];
    for (let attempt = 1; ; attempt += 1) {
      try {
        await sender.send(topicMessages);
        metrics.consumed(topic, 'dead_letter', 1);
        return;
      } catch (sendError) {
        await waitFor(turn, topic, attempt, sendError);
      }
    }
  }

  async function applyOneByOne(turn: Turn, run: (Decoded & { kind: 'event' })[]): Promise<void> {
    for (const { event, message } of run) {
      const givenUp = await apply(turn, [event]);
      if (givenUp) {
        await bury(turn, message, event, { ...givenUp, code: codeOfFailure(givenUp.error) });
      }
    }
  }

  async function applyRun(turn: Turn, run: (Decoded & { kind: 'event' })[]): Promise<void> {
    const [first, ...rest] = run.map(({ event }) => event);
    if (first === undefined) return;
    if (rest.length > 0 && (await apply(turn, [first, ...rest])) === undefined) return;
    await applyOneByOne(turn, run);
  }

  /** One chunk in order: runs of events in a transaction each, what is no event between them. */
  async function workThrough(
    turn: Turn,
    chunk: KafkaMessage[],
    origin: { topic: string; partition: number },
  ): Promise<void> {
    let run: (Decoded & { kind: 'event' })[] = [];
    let ignored = 0;
    for (const message of chunk) {
      const decoded = decode(message, types, origin);
      if (decoded.kind === 'event') run.push(decoded);
      else if (decoded.kind === 'ignored') ignored += 1;
      else {
        await applyRun(turn, run);
        run = [];
        const { error } = decoded;
        await bury(turn, message, origin, { error, attempts: 1, code: 'unreadable' });
      }
    }
    await applyRun(turn, run);
    metrics.consumed(origin.topic, 'ignored', ignored);
  }

  return async (payload) => {
    const { topic, partition, messages, highWatermark } = payload.batch;
    try {
      await takeTurn(payload, heartbeatMs, signal, async (turn) => {
        for (let start = 0; start < messages.length; start += batchSize) {
          turn.check();
          const chunk = messages.slice(start, start + batchSize);
          await workThrough(turn, chunk, { topic, partition });
          const last = chunk.at(-1)?.offset;
          if (last === undefined) return;
          await turn.commit(last);
          metrics.lag(topic, partition, Number(BigInt(highWatermark) - BigInt(last) - 1n));
        }
      });
    } catch (error) {
      // What is not committed is delivered again, here or to another member.
      if (!(error instanceof GivenBackError)) throw error;
    }
  };
}
