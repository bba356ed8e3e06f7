import { randomUUID } from 'node:crypto';
import { after, before } from 'node:test';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { type Admin, Kafka, logLevel } from 'kafkajs';
import { type Broker, startBroker } from '../../src/index';
import { eventually } from '../eventually';

/** What a conformance test runs against: `KAFKA_BROKERS` if set, else a broker of its own. */
export interface Target {
  brokers(): string[];
  kafka(): Kafka;
  admin(): Admin;
  /** Creates a topic of a unique name, which is deleted at the end. */
  topic(options?: { partitions?: number; config?: Record<string, string> }): Promise<string>;
  /** A unique name; topics and groups that have it are deleted at the end. */
  name(kind: string): string;
}

/** Sets up a target for the tests of this file and takes it down after them. */
export function conformanceTarget(): Target {
  let own: { broker: Broker; folder: string } | undefined;
  let brokers: string[] = [];
  let kafka: Kafka;
  let admin: Admin;
  const names: string[] = [];

  before(async () => {
    brokers = (process.env.KAFKA_BROKERS ?? '').split(',').filter(Boolean);
    if (brokers.length === 0) {
      const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'broker-conformance-'));
      const broker = await startBroker({ dataDir: folder });
      own = { broker, folder };
      brokers = [broker.address];
    }
    kafka = new Kafka({ clientId: 'conformance', brokers, logLevel: logLevel.NOTHING });
    // Few attempts: a refusal is to be seen, not waited out.
    admin = kafka.admin({ retry: { retries: 3, initialRetryTime: 100 } });
    await admin.connect();
  });

  after(async () => {
    await removeAll(admin, names);
    await admin.disconnect();
    if (!own) return;
    await own.broker.stop();
    fs.rmSync(own.folder, { recursive: true, force: true });
  });

  const name = (kind: string): string => {
    const unique = `conformance-${kind}-${randomUUID().slice(0, 8)}`;
    names.push(unique);
    return unique;
  };
  return {
    brokers: () => brokers,
    kafka: () => kafka,
    admin: () => admin,
    name,
    async topic({ partitions = 1, config = {} } = {}) {
      const topic = name('topic');
      const configEntries = Object.entries(config).map(([key, value]) => ({ name: key, value }));
      await admin.createTopics({
        topics: [{ topic, numPartitions: partitions, configEntries }],
        waitForLeaders: true,
      });
      return topic;
    },
  };
}

async function removeAll(admin: Admin, names: readonly string[]): Promise<void> {
  const { groups } = await admin.listGroups();
  for (const { groupId } of groups.filter((group) => names.includes(group.groupId))) {
    await eventually(`group ${groupId} is deleted`, () =>
      admin.deleteGroups([groupId]).then(
        () => true,
        () => undefined,
      ),
    );
  }
  const topics = (await admin.listTopics()).filter((topic) => names.includes(topic));
  if (topics.length > 0) await admin.deleteTopics({ topics });
}
