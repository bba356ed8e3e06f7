import { refuse } from '../protocol/errors';

/** The stored form: only what was set, by Kafka's names. */
export type ConfigValues = Readonly<Record<string, string>>;

/** A setting and its protocol type, as DescribeConfigs v3 tells it. */
interface Definition {
  readonly default: string;
  readonly type: number;
  readonly accepts: (value: string) => boolean;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** What can be set. Names and defaults are Kafka's, but for segment.bytes (1 GiB there). */
export const topicConfigs: Readonly<Record<string, Definition>> = {
  'cleanup.policy': list('delete', ['delete', 'compact']),
  'retention.ms': long(7 * DAY_MS, -1),
  'retention.bytes': long(-1, -1),
  'segment.bytes': int(64 * 1024 * 1024, 14),
  'segment.ms': long(7 * DAY_MS, 1),
  'delete.retention.ms': long(DAY_MS, 0),
  'max.message.bytes': int(1_048_588, 0),
  // These can only be what this broker does anyway; so the same topic definitions suit Kafka too.
  'compression.type': only('producer', 2),
  'message.timestamp.type': only('CreateTime', 2),
  'min.insync.replicas': only('1', 3),
};

/** Checks settings from a request; null means the default. Throws INVALID_CONFIG. */
export function readConfigValues(
  entries: readonly { readonly name: string; readonly value: string | null }[],
): ConfigValues {
  const values: Record<string, string> = {};
  for (const { name, value } of entries) {
    const definition = Object.hasOwn(topicConfigs, name) ? topicConfigs[name] : undefined;
    if (!definition) refuse('INVALID_CONFIG', `unknown config ${name}`);
    if (value === null) continue;
    if (!definition.accepts(value)) refuse('INVALID_CONFIG', `not a value of ${name}: ${value}`);
    values[name] = value;
  }
  return values;
}

export type TopicConfig = Readonly<ReturnType<typeof toTopicConfig>>;

/** The typed form beside the stored one, with defaults for what is not set. Times in milliseconds; -1: without limit. */
export function toTopicConfig(values: ConfigValues) {
  const text = (name: string): string => values[name] ?? topicConfigs[name]?.default ?? '';
  const number = (name: string): number => Number(text(name));
  const policies = text('cleanup.policy').split(',');
  return {
    values,
    compact: policies.includes('compact'),
    delete: policies.includes('delete'),
    retentionMs: number('retention.ms'),
    retentionBytes: number('retention.bytes'),
    segmentBytes: number('segment.bytes'),
    segmentMs: number('segment.ms'),
    deleteRetentionMs: number('delete.retention.ms'),
    maxMessageBytes: number('max.message.bytes'),
  };
}

function int(byDefault: number, minimum: number): Definition {
  return { default: String(byDefault), type: 3, accepts: isBetween(minimum, 2n ** 31n - 1n) };
}

function long(byDefault: number, minimum: number): Definition {
  return { default: String(byDefault), type: 5, accepts: isBetween(minimum, 2n ** 63n - 1n) };
}

function isBetween(minimum: number, maximum: bigint): (value: string) => boolean {
  return (text) => /^-?\d{1,19}$/.test(text) && BigInt(text) >= minimum && BigInt(text) <= maximum;
}

function list(byDefault: string, known: readonly string[]): Definition {
  const accepts = (value: string): boolean => value.split(',').every((one) => known.includes(one));
  return { default: byDefault, type: 7, accepts };
}

function only(value: string, type: number): Definition {
  return { default: value, type, accepts: (given) => given === value };
}
