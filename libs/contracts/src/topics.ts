import type { EventType } from './events';

/** One Kafka topic as it must exist in every environment. */
export interface Topic {
  /** `<domain>.<aggregate>.v1`. */
  name: string;
  /** The only service that publishes to it. */
  owner: 'auth' | 'users' | 'payments';
  /** What the message key is; order holds per key. */
  key: 'user id' | 'account id' | 'top-up id' | 'payment id';
  partitions: number;
  /** How long messages are kept, in milliseconds. */
  retentionMs: number;
  /** The event types that it may carry. */
  events: readonly EventType[];
}

const SEVEN_DAYS_MS = 7 * 24 * 60 * 60 * 1000;

/** The topic registry: every topic is declared here, once; nobody relies on auto-creation. */
export const topics = {
  identity: {
    name: 'auth.identity.v1',
    owner: 'auth',
    key: 'user id',
    partitions: 3,
    retentionMs: SEVEN_DAYS_MS,
    events: ['quayside.auth.v1.IdentityRegistered'],
  },
  session: {
    name: 'auth.session.v1',
    owner: 'auth',
    key: 'user id',
    partitions: 3,
    retentionMs: SEVEN_DAYS_MS,
    events: ['quayside.auth.v1.SessionEnded'],
  },
  user: {
    name: 'users.user.v1',
    owner: 'users',
    key: 'user id',
    partitions: 3,
    retentionMs: SEVEN_DAYS_MS,
    events: [
      'quayside.users.v1.UserCreated',
      'quayside.users.v1.UserUpdated',
      'quayside.users.v1.UserErased',
    ],
  },
  account: {
    name: 'payments.account.v1',
    owner: 'payments',
    key: 'account id',
    partitions: 3,
    retentionMs: SEVEN_DAYS_MS,
    events: ['quayside.payments.v1.AccountOpened'],
  },
  closure: {
    name: 'payments.closure.v1',
    owner: 'payments',
    key: 'user id',
    partitions: 3,
    retentionMs: SEVEN_DAYS_MS,
    events: ['quayside.payments.v1.UserAccountsClosed'],
  },
  topUp: {
    name: 'payments.topup.v1',
    owner: 'payments',
    key: 'top-up id',
    partitions: 3,
    retentionMs: SEVEN_DAYS_MS,
    events: ['quayside.payments.v1.TopUpCompleted', 'quayside.payments.v1.TopUpFailed'],
  },
  payment: {
    name: 'payments.payment.v1',
    owner: 'payments',
    key: 'payment id',
    partitions: 3,
    retentionMs: SEVEN_DAYS_MS,
    events: [
      'quayside.payments.v1.PaymentCompleted',
      'quayside.payments.v1.PaymentRefunded',
      'quayside.payments.v1.PaymentAuthorized',
      'quayside.payments.v1.PaymentCaptured',
      'quayside.payments.v1.PaymentVoided',
      'quayside.payments.v1.PaymentExpired',
    ],
  },
} as const satisfies Record<string, Topic>;

/** A consumer group and the topics it reads. */
export interface ConsumerGroup {
  group: string;
  /** The service whose group it is, where the group does not bear the service's name. */
  service?: string;
  topics: readonly Topic[];
}

/** Every consumer group of the system; a service's first group bears the service's name. */
export const consumerGroups = {
  auth: { group: 'auth', topics: [topics.user] },
  users: { group: 'users', topics: [topics.identity, topics.closure] },
  payments: { group: 'payments', topics: [topics.user] },
  gateway: {
    group: 'gateway',
    topics: [topics.account, topics.topUp, topics.payment, topics.user],
  },
  // Apart from the feed: the end of a session must not wait behind a burst of payments.
  gatewayRevocations: {
    group: 'gateway-revocations',
    service: 'gateway',
    topics: [topics.session],
  },
} as const satisfies Record<string, ConsumerGroup>;

/** Dead-letter topic of a group: where its messages go that can never be processed. */
export function deadLetterTopic(group: string, topic: string): string {
  return `${group}.${topic}.dlq`;
}

/** Every topic that must exist, dead-letter topics included, as the topic creator needs them. */
export function allTopics(): Pick<Topic, 'name' | 'partitions' | 'retentionMs'>[] {
  const deadLetters = Object.values(consumerGroups).flatMap(({ group, topics: read }) =>
    read.map((topic) => ({
      name: deadLetterTopic(group, topic.name),
      partitions: 1,
      retentionMs: 4 * SEVEN_DAYS_MS,
    })),
  );
  return [...Object.values(topics), ...deadLetters].map(({ name, partitions, retentionMs }) => ({
    name,
    partitions,
    retentionMs,
  }));
}

/** The topic that carries an event type. Throws for a type that no topic declares. */
export function topicOf(type: EventType): Topic {
  const topic = Object.values<Topic>(topics).find(({ events }) => events.includes(type));
  if (topic === undefined) throw new Error(`No topic carries ${type}`);
  return topic;
}
