import { createConsumer, createRelay } from '@quayside/messaging';
import type { z } from 'zod';
import type { ServiceParts } from './definition';
import { startJobs } from './jobs';
import type { Launch } from './launch';
import { required } from './resources';
import type { Resources } from './resources';

/** A consumer or the relay. It runs beside the requests, waits for Kafka itself and recovers itself. */
interface Background {
  name: string;
  start(): void;
  stop(timeoutMs: number): Promise<void>;
}

/** The share of the time to shut down that background work may use. */
const backgroundShare = 0.5;

function relayOf(name: string, resources: Resources): Background {
  const database = required(resources.database, 'DATABASE_URL');
  const kafka = required(resources.kafka, 'KAFKA_BROKERS');
  return { name: 'relay', ...createRelay({ database, kafka, serviceName: name }) };
}

function consumersOf({ consumers = [] }: ServiceParts, resources: Resources): Background[] {
  return consumers.map(({ group, handlers }) => {
    const database = required(resources.database, 'DATABASE_URL');
    const kafka = required(resources.kafka, 'KAFKA_BROKERS');
    const consumer = createConsumer({ kafka, database, group, handlers });
    return { name: `consumer ${group.group}`, ...consumer };
  });
}

/** Starts relay, consumers and jobs, none of which readiness waits for, and adds their end to the drain. */
export function startBackground(
  { definition, settings, drain, log }: Launch<z.ZodRawShape>,
  parts: ServiceParts,
  resources: Resources,
): void {
  const maxMs = settings.SHUTDOWN_TIMEOUT_MS * backgroundShare;
  const consumers = settings.CONSUMERS === 'on' ? consumersOf(parts, resources) : [];
  if (settings.CONSUMERS === 'off') log.info('Consumers are off: nothing is read from Kafka');
  const relay = parts.outbox ? [relayOf(definition.name, resources)] : [];
  for (const part of [...relay, ...consumers]) {
    part.start();
    drain.add('stop background work', part.name, (timeoutMs) => part.stop(timeoutMs), maxMs);
  }
  const jobs = startJobs(parts.jobs ?? []);
  drain.add('stop background work', 'jobs', () => jobs.stop(), maxMs);
}
