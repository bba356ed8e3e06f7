import { MAX_SESSION_TIMEOUT_MS, MIN_SESSION_TIMEOUT_MS } from '../group/coordinator';
import { refuse } from '../protocol/errors';
import { type BrokerState, NODE_ID } from '../state';
import { topicConfigs } from '../topics/topic-config';
import { defineApi, outcomeOf, ResourceType } from './api';
import { DEFAULT_PARTITIONS } from './create-topics';

const Source = { TOPIC: 1, STATIC_BROKER: 4, DEFAULT: 5 } as const;
const STRING = 2;

/** The settings of topics and of the broker. */
export const describeConfigs = defineApi(32, 'DescribeConfigs', [0, 3], {
  request: `resources:[ type:int8 name:string configs:?[string] ] includeSynonyms@1+:bool
    includeDocumentation@3+:bool`,
  response: `throttleMs:int32 resources:[ error:int16 message:?string type:int8 name:string
    configs:[ name:string value:?string isReadOnly:bool isDefault@0-0:bool source@1+:int8
    isSensitive:bool synonyms@1+:[ name:string value:?string source:int8 ]
    type@3+:int8 documentation@3+:?string ] ]`,
  handle: ({ resources }, { broker }) => ({
    resources: resources.map(({ type, name, configs }) => ({
      type,
      name,
      ...outcomeOf(() => {
        const all = configsOf(type, name, broker);
        // kafkajs and librdkafka both mean "all" by an empty list.
        return { configs: configs?.length ? all.filter((one) => configs.includes(one.name)) : all };
      }),
    })),
  }),
});

function configsOf(type: number, name: string, broker: BrokerState) {
  if (type === ResourceType.TOPIC) return topicConfigsOf(name, broker);
  if (type === ResourceType.BROKER && name === String(NODE_ID)) return brokerConfigs(broker);
  return refuse('INVALID_REQUEST', `no settings for ${type} ${name}`);
}

function topicConfigsOf(topic: string, broker: BrokerState) {
  const { values } = broker.topics.require(topic).config;
  return Object.entries(topicConfigs).map(([name, { type, default: byDefault }]) => {
    const value = values[name] ?? byDefault;
    const isDefault = values[name] === undefined;
    return { name, value, isDefault, source: isDefault ? Source.DEFAULT : Source.TOPIC, type };
  });
}

function brokerConfigs({ settings }: BrokerState) {
  const values = {
    'auto.create.topics.enable': false,
    'num.partitions': DEFAULT_PARTITIONS,
    'default.replication.factor': 1,
    'socket.request.max.bytes': settings.maxRequestBytes,
    'fetch.max.bytes': settings.maxFetchBytes,
    'group.min.session.timeout.ms': MIN_SESSION_TIMEOUT_MS,
    'group.max.session.timeout.ms': MAX_SESSION_TIMEOUT_MS,
    'group.initial.rebalance.delay.ms': 0,
  };
  const rest = { isReadOnly: true, source: Source.STATIC_BROKER, type: STRING };
  return Object.entries(values).map(([name, value]) => ({ name, value: String(value), ...rest }));
}
