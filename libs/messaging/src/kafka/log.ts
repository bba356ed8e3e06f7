import { childLogger } from '@quayside/telemetry';
import { logLevel, type LogEntry } from 'kafkajs';

const log = childLogger({ component: 'kafkajs' });

const REPEAT_AFTER_MS = 30_000;
const MOST_REMEMBERED = 200;
const lastWritten = new Map<string, number>();

/** While a broker is away kafkajs says the same several times a second. */
function isRepetition(text: string): boolean {
  const now = Date.now();
  if (now - (lastWritten.get(text) ?? 0) < REPEAT_AFTER_MS) return true;
  if (lastWritten.size >= MOST_REMEMBERED) lastWritten.clear();
  lastWritten.set(text, now);
  return false;
}

/**
 * kafkajs's log as ours, one level lower: what it calls an error is retried by it or by us, and those who give up
 * say so themselves.
 */
export const logCreator =
  () =>
  ({ namespace, level, log: entry }: LogEntry): void => {
    const { message, timestamp, logger, stack, ...fields } = entry as Record<string, unknown>;
    const text = `${namespace}: ${String(message)}`;
    if (level === logLevel.ERROR && !isRepetition(text)) log.warn(fields, text);
    else if (level === logLevel.WARN) log.info(fields, text);
    else log.debug(fields, text);
  };
