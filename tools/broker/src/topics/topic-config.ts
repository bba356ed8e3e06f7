import { ErrorCode, ProtocolError } from '../protocol/errors';

/** A topic's settings, typed. Times in milliseconds; -1 means without limit. */
export interface TopicConfig {
  readonly compact: boolean;
  readonly delete: boolean;
  readonly retentionMs: number;
  readonly retentionBytes: number;
  readonly segmentBytes: number;
  readonly segmentMs: number;
  readonly deleteRetentionMs: number;
  readonly maxMessageBytes: number;
}

/** The stored form: only what was set, by Kafka's names. */
export type ConfigValues = Readonly<Record<string, string>>;

interface Definition {
  readonly default: string;
  /** Protocol type of DescribeConfigs v3: 3 int, 5 long, 7 list, 2 string. */
  readonly type: number;
  readonly accepts: (value: string) => boolean;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** What can be set. Names and defaults are Kafka's, but for segment.bytes (1 GiB there). */
export const topicConfigs: Readonly<Record<string, Definition>> = {
  'cleanup.policy': { default: 'delete', type: 7, accepts: isCleanupPolicy },
  'retention.ms': { default: String(7 * DAY_MS), type: 5, accepts: atLeast(-1) },
  'retention.bytes': { default: '-1', type: 5, accepts: atLeast(-1) },
  'segment.bytes': { default: String(64 * 1024 * 1024), type: 3, accepts: atLeast(14) },
  'segment.ms': { default: String(7 * DAY_MS), type: 5, accepts: atLeast(1) },
  'delete.retention.ms': { default: String(DAY_MS), type: 5, accepts: atLeast(0) },
  'max.message.bytes': { default: '1048588', type: 3, accepts: atLeast(0) },
  // These can only be what this broker does anyway; so the same topic definitions suit Kafka too.
  'compression.type': { default: 'producer', type: 2, accepts: isExactly('producer') },
  'message.timestamp.type': { default: 'CreateTime', type: 2, accepts: isExactly('CreateTime') },
  'min.insync.replicas': { default: '1', type: 3, accepts: isExactly('1') },
};

/** Checks settings from a request. Null values mean the default. Throws ProtocolError (INVALID_CONFIG). */
export function readConfigValues(
  entries: readonly { name: string; value: string | null }[],
): ConfigValues {
  const values: Record<string, string> = {};
  for (const { name, value } of entries) {
    const definition = Object.hasOwn(topicConfigs, name) ? topicConfigs[name] : undefined;
    if (!definition) throw new ProtocolError(ErrorCode.INVALID_CONFIG, `unknown config ${name}`);
    if (value === null) continue;
    if (!definition.accepts(value)) {
      throw new ProtocolError(ErrorCode.INVALID_CONFIG, `invalid value for ${name}: ${value}`);
    }
    values[name] = value;
  }
  return values;
}

/** The typed form, with defaults for what is not set. */
export function toTopicConfig(values: ConfigValues): TopicConfig {
  const text = (name: string): string => values[name] ?? topicConfigs[name]?.default ?? '';
  const number = (name: string): number => Number(text(name));
  const policies = text('cleanup.policy').split(',');
  return {
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

function atLeast(minimum: number): (value: string) => boolean {
  return (value) => /^-?\d{1,18}$/.test(value) && Number(value) >= minimum;
}

function isExactly(only: string): (value: string) => boolean {
  return (value) => value === only;
}

function isCleanupPolicy(value: string): boolean {
  return value.split(',').every((policy) => policy === 'compact' || policy === 'delete');
}
