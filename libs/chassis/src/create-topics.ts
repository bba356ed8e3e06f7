import { readSettings } from '@quayside/config';
import { allTopics } from '@quayside/contracts';
import { createKafka, createTopics } from '@quayside/messaging';
import { logger, setServiceName } from '@quayside/telemetry';
import type { ServiceDefinition } from './definition';
import { kafkaTls } from './kafka-tls';
import { topicSettings } from './settings';
import { StartAborted, waitUntil } from './retry';

/**
 * Makes the topics of the registry that are missing and resolves with their names; waits for Kafka for a while. Rejects
 * with a ConfigError, or an error that says what to do.
 */
export async function createRegisteredTopics(
  definition: Pick<ServiceDefinition, 'name'>,
  env: Record<string, string | undefined> = process.env,
): Promise<string[]> {
  setServiceName(definition.name);
  const settings = readSettings(topicSettings, env);
  logger.level = settings.LOG_LEVEL;
  const brokers = settings.KAFKA_BROKERS;
  const kafka = createKafka({ brokers, clientId: 'quayside-topics', ...kafkaTls(settings) });
  const replicationFactor = settings.TOPIC_REPLICATION_FACTOR;
  let reason: unknown;
  const attempt = () =>
    createTopics(kafka, allTopics(), { replicationFactor }).catch((error: unknown) => {
      reason = error;
      throw error;
    });
  const signal = AbortSignal.timeout(settings.TOPICS_TIMEOUT_MS);
  try {
    const created = await waitUntil('Kafka', attempt, { signal, log: logger });
    logger.info({ created }, created.length === 0 ? 'All topics are there' : 'Topics were created');
    return created;
  } catch (error) {
    if (!(error instanceof StartAborted)) throw error;
    const where = brokers.join(', ');
    const why = reason instanceof Error ? reason.message : 'no answer';
    const text = `The topics could not be created on ${where}: ${why}. Start Kafka, or set KAFKA_BROKERS.`;
    throw new Error(text, { cause: reason });
  } finally {
    await kafka.close();
  }
}
