// Makes every declared topic that does not exist yet, and ends.
import { allTopics } from '@quayside/contracts';
import { Kafka, logLevel } from 'kafkajs';

async function run(): Promise<void> {
  const brokers = (process.env.KAFKA_BROKERS ?? '').split(',');
  const admin = new Kafka({
    brokers,
    clientId: 'quayside-topics',
    logLevel: logLevel.ERROR,
  }).admin();
  await admin.connect();
  await admin.createTopics({
    topics: allTopics().map(({ name, partitions, retentionMs }) => ({
      topic: name,
      numPartitions: partitions,
      configEntries: [{ name: 'retention.ms', value: String(retentionMs) }],
    })),
  });
  await admin.disconnect();
}

run().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
