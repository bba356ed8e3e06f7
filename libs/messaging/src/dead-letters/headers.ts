import type { Headers } from '../events/headers';

/** Whose dead letters: a group and the topic that it could not get on with. */
export interface DeadLetterPlace {
  group: string;
  topic: string;
}

/** Why and from where a message went to the dead-letter topic. */
export interface DeadLetterReason {
  group: string;
  topic: string;
  partition: number;
  offset: string;
  /** A stable name: an error code, a SQLSTATE, `unreadable`. */
  code: string;
  message: string;
  /** When it was given up. */
  time: Date;
  /** How many times it was tried. */
  attempts: number;
}

const PREFIX = 'dlq-';
const MAX_MESSAGE_LENGTH = 500;

/** The reason as headers beside the message's own. */
export const reasonHeaders = (reason: DeadLetterReason): Headers => ({
  'dlq-group': reason.group,
  'dlq-topic': reason.topic,
  'dlq-partition': String(reason.partition),
  'dlq-offset': reason.offset,
  'dlq-code': reason.code,
  'dlq-message': reason.message.slice(0, MAX_MESSAGE_LENGTH),
  'dlq-time': reason.time.toISOString(),
  'dlq-attempts': String(reason.attempts),
});

/** The reason that headers carry; unknown parts are empty or zero. */
export const readReason = (headers: Headers): DeadLetterReason => ({
  group: headers['dlq-group'] ?? '',
  topic: headers['dlq-topic'] ?? '',
  partition: Number(headers['dlq-partition'] ?? 0),
  offset: headers['dlq-offset'] ?? '',
  code: headers['dlq-code'] ?? '',
  message: headers['dlq-message'] ?? '',
  time: new Date(headers['dlq-time'] ?? 0),
  attempts: Number(headers['dlq-attempts'] ?? 0),
});

/** The message's own headers, as it was first sent. */
export const withoutReason = <Value>(headers: Record<string, Value>): Record<string, Value> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith(PREFIX)));
