// The process that the embedded Kafka broker runs in.
import { startBroker } from '@quayside/broker';

async function run(): Promise<void> {
  const { BROKER_DATA_DIR: dataDir = '', BROKER_PORT: port } = process.env;
  const broker = await startBroker({ dataDir, host: '127.0.0.1', port: Number(port) });
  process.send?.({ type: 'ready', ports: { kafka: broker.port } });
  const end = (): void => void broker.stop().then(() => process.exit(0));
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
}

run().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
