import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBroker } from '@quayside/broker';

/** An embedded broker of a test's own, in a temporary folder. */
export interface TestBroker {
  /** `host:port`; the same after a restart. */
  address: string;
  /** Stops it and starts it again with the same data on the same port; `down` runs in between. */
  restart(down?: () => Promise<void>): Promise<void>;
  /** Ends it and removes its data. */
  stop(): Promise<void>;
}

/** Starts a broker on a free port. Stop it at the end of the test file. */
export async function testBroker(): Promise<TestBroker> {
  const dataDir = await mkdtemp(join(tmpdir(), 'quayside-test-broker-'));
  let broker = await startBroker({ dataDir, host: '127.0.0.1', port: 0 });
  const { port, address } = broker;
  return {
    address,
    restart: async (down) => {
      await broker.stop();
      await down?.();
      broker = await startBroker({ dataDir, host: '127.0.0.1', port });
    },
    stop: async () => {
      await broker.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
