// A relay or a consumer in a process of its own that kills itself at a chosen moment.
import type { ConsumerGroup } from '@quayside/contracts';
import { openDatabase, type Database, type Transaction } from '@quayside/database';
import { createConsumer, createKafka, createRelay } from '../src/index';

/** What the parent passes as JSON. */
export interface ChildTask {
  url: string;
  broker: string;
  /** A relay that dies when it has sent its n-th batch, before the rows are deleted. */
  relayDiesAtBatch?: number;
  /** A consumer that dies at an event, before or after the commit of its transaction. */
  consumer?: { group: ConsumerGroup; diesAt: string; when: 'before commit' | 'after commit' };
}

const die = (): Promise<never> => {
  process.kill(process.pid, 'SIGKILL');
  return new Promise(() => undefined);
};

function dyingDatabase(database: Database, atBatch: number): Database {
  let deletions = 0;
  return {
    ...database,
    session: async (options) => {
      const session = await database.session(options);
      return {
        ...session,
        prepared: (name, text, values) => {
          if (name === 'delete_outbox_rows') deletions += 1;
          return deletions === atBatch ? die() : session.prepared(name, text, values);
        },
      };
    },
  };
}

/** Writes the display name into `effects`, with the key before it. */
export async function writeEffect(tx: Transaction, key: string, name: string): Promise<void> {
  await tx.query('INSERT INTO effects (name) VALUES ($1)', [`${key}/${name}`]);
}

function run(task: ChildTask): void {
  const database = openDatabase({ url: task.url, applicationName: 'child' });
  const kafka = createKafka({ brokers: [task.broker], clientId: 'child' });
  if (task.relayDiesAtBatch !== undefined) {
    const dying = dyingDatabase(database, task.relayDiesAtBatch);
    createRelay({ database: dying, kafka, serviceName: 'users', batchSize: 20 }).start();
  }
  if (task.consumer) {
    const { group, diesAt, when } = task.consumer;
    createConsumer({
      kafka,
      database,
      group,
      sessionTimeoutMs: 6_000,
      batchSize: 5,
      handlers: {
        'quayside.users.v1.UserCreated': async (tx, { key, payload: { displayName } }) => {
          await writeEffect(tx, key, displayName);
          if (displayName !== diesAt) return;
          if (when === 'before commit') await die();
          tx.onCommit(() => void die());
        },
      },
    }).start();
  }
}

const [, , task] = process.argv;
if (task?.startsWith('{')) run(JSON.parse(task) as ChildTask);
