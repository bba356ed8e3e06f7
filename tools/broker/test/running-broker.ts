import type { TestContext } from 'node:test';
import { type Broker, type BrokerOptions, startBroker } from '../src/index';
import { temporaryFolder } from './temporary-folder';
import { WireClient } from './wire-client';

/** A broker in this process and a connection to it; both end with the test. */
export async function runningBroker(
  t: Pick<TestContext, 'after'>,
  options: Partial<BrokerOptions> = {},
): Promise<{ broker: Broker; client: WireClient; dataDir: string }> {
  const dataDir = options.dataDir ?? temporaryFolder(t);
  const broker = await startBroker({ ...options, dataDir });
  t.after(() => broker.stop());
  const client = await WireClient.connect(broker.address);
  t.after(() => client.close());
  return { broker, client, dataDir };
}
