import { openDatabase } from '@quayside/database';
import { appendToOutbox, createKafka, createRelay } from '@quayside/messaging';
import type { TestGateway } from './gateway';

/** Publishes events as the service `name` does. The gateway publishes nothing, so its outbox is free to play another's. */
export function startPublisher(gateway: TestGateway, name: string) {
  const database = openDatabase({ url: gateway.database.url, applicationName: 'publisher' });
  const kafka = createKafka({ brokers: [gateway.broker.address], clientId: 'publisher' });
  const relay = createRelay({ database, kafka, serviceName: name });
  relay.start();
  return {
    database,
    publish: (...events: Parameters<typeof appendToOutbox>[1][]) =>
      database.transaction((tx) => appendToOutbox(tx, ...events)),
    async stop() {
      await relay.stop(5000);
      await kafka.close();
      await database.close();
    },
  };
}
