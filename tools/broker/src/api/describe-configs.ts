import { ErrorCode, ProtocolError } from '../protocol/errors';
import type { Writer } from '../protocol/writer';
import { type BrokerState, NODE_ID } from '../state';
import { topicConfigs } from '../topics/topic-config';
import { type Api, NOT_THROTTLED } from './api';
import { ResourceType } from './config-resource';
import { outcomeOf } from './outcome';

const Source = { TOPIC: 1, STATIC_BROKER: 4, DEFAULT: 5 } as const;

interface Entry {
  readonly name: string;
  readonly value: string;
  readonly source: number;
  readonly type: number;
  readonly isReadOnly: boolean;
}

/** API 32. */
export const describeConfigs: Api = {
  key: 32,
  name: 'DescribeConfigs',
  minVersion: 0,
  maxVersion: 3,
  handle({ version, body }, response, broker) {
    const resources = body.array(() => ({
      type: body.int8(),
      name: body.string(),
      configs: body.nullableArray(() => body.string()),
    }));
    return response.int32(NOT_THROTTLED).array(resources, ({ type, name, configs }) => {
      let entries: Entry[] = [];
      const { error, message } = outcomeOf(() => {
        entries = entriesOf(type, name, broker).filter(
          // kafkajs and librdkafka both mean "all" by an empty list.
          (entry) => !configs?.length || configs.includes(entry.name),
        );
      });
      response.int16(error).nullableString(message).int8(type).string(name);
      response.array(entries, (entry) => writeEntry(response, version, entry));
    });
  },
};

function writeEntry(response: Writer, version: number, entry: Entry): void {
  response.string(entry.name).nullableString(entry.value).boolean(entry.isReadOnly);
  if (version === 0) response.boolean(entry.source === Source.DEFAULT);
  else response.int8(entry.source);
  response.boolean(false); // is_sensitive
  if (version >= 1) response.array([], () => undefined); // synonyms
  if (version >= 3) response.int8(entry.type).nullableString(null);
}

function entriesOf(type: number, name: string, broker: BrokerState): Entry[] {
  if (type === ResourceType.TOPIC) return topicEntries(name, broker);
  if (type === ResourceType.BROKER && name === String(NODE_ID)) return brokerEntries(broker);
  throw new ProtocolError(ErrorCode.INVALID_REQUEST, `no settings for ${type} ${name}`);
}

function topicEntries(topic: string, broker: BrokerState): Entry[] {
  const { values } = broker.topics.require(topic);
  return Object.entries(topicConfigs).map(([name, definition]) => ({
    name,
    value: values[name] ?? definition.default,
    source: values[name] === undefined ? Source.DEFAULT : Source.TOPIC,
    type: definition.type,
    isReadOnly: false,
  }));
}

function brokerEntries({ settings }: BrokerState): Entry[] {
  const values = {
    'auto.create.topics.enable': 'false',
    'num.partitions': settings.defaultPartitions,
    'default.replication.factor': 1,
    'socket.request.max.bytes': settings.maxRequestBytes,
    'fetch.max.bytes': settings.maxFetchBytes,
    'group.min.session.timeout.ms': settings.minSessionTimeoutMs,
    'group.max.session.timeout.ms': settings.maxSessionTimeoutMs,
    'group.initial.rebalance.delay.ms': settings.initialRebalanceDelayMs,
  };
  return Object.entries(values).map(([name, value]) => ({
    name,
    value: String(value),
    source: Source.STATIC_BROKER,
    type: 2,
    isReadOnly: true,
  }));
}
