export { packageDefinition } from './definitions';
export { DELETED_USER_HANDLE } from './deleted-user';
export { decodeEvent, encodeEvent, type EventPayloads, type EventType } from './events';
export { services } from './services';
export { fromTimestamp, toTimestamp } from './timestamp';
export {
  allTopics,
  consumerGroups,
  deadLetterTopic,
  topicOf,
  topics,
  type ConsumerGroup,
  type Topic,
} from './topics';

/** Generated message types, one namespace per proto package; `X__Output` is what arrives. */
export type * as auth from './auth';
export type * as payments from './payments';
export type * as users from './users';
