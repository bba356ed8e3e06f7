import type { Topic } from '@quayside/contracts';
import { createKafka, openClient, type KafkaConnection } from './connection';

/** What is needed to make a topic. */
export type TopicToCreate = Pick<Topic, 'name' | 'partitions' | 'retentionMs'>;

/**
 * Makes the topics that are missing and gives their names. Existing ones are left as they are: another number of
 * partitions would send the keys elsewhere and so break their order. `replicationFactor` is 1 unless given.
 */
export async function createTopics(
  kafka: KafkaConnection | readonly string[],
  topics: readonly TopicToCreate[],
  { replicationFactor = 1 } = {},
): Promise<string[]> {
  const connection =
    'clientId' in kafka ? kafka : createKafka({ brokers: kafka, clientId: 'quayside-topics' });
  const client = openClient(connection);
  const admin = client.kafka.admin();
  try {
    await admin.connect();
    const existing = new Set(await admin.listTopics());
    const missing = topics.filter(({ name }) => !existing.has(name));
    if (missing.length === 0) return [];
    // False when another process was faster with one of them.
    await admin.createTopics({
      waitForLeaders: true,
      topics: missing.map(({ name, partitions, retentionMs }) => ({
        topic: name,
        numPartitions: partitions,
        replicationFactor,
        configEntries: [{ name: 'retention.ms', value: String(retentionMs) }],
      })),
    });
    return missing.map(({ name }) => name);
  } finally {
    await client.close(admin);
  }
}
