export { createConsumer, type Consumer, type ConsumerOptions } from './consumer/consumer';
export type { DeadLetterPlace, DeadLetterReason } from './dead-letters/headers';
export { listDeadLetters, type DeadLetter } from './dead-letters/list';
export { replayDeadLetters, type ReplayOptions } from './dead-letters/replay';
export {
  batchHandler,
  type BatchHandler,
  type ConsumerHandlers,
  type EventHandler,
  type EventHandlers,
  type ReceivedEvent,
} from './events/received';
export { createKafka, type KafkaConnection } from './kafka/connection';
export { createTopics, type TopicToCreate } from './kafka/topics';
export { appendToOutbox, type OutboxEvent } from './outbox/append';
export { createRelay, type Relay, type RelayOptions } from './relay/relay';
