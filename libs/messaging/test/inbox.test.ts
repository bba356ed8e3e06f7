import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { allTopics } from '@quayside/contracts';
import { cleanInbox } from '../src/consumer/inbox';
import { createKafka, createTopics } from '../src/index';
import { startMessaging, type MessagingFixture } from './fixture';

let fixture: MessagingFixture;

before(async () => {
  fixture = await startMessaging();
});
after(() => fixture.stop());

const DAY_MS = 24 * 60 * 60_000;

test('an inbox row is deleted a day after its message cannot come again', async () => {
  const insert = (group: string, days: number) =>
    fixture.database.query(
      `INSERT INTO inbox SELECT $1, gen_random_uuid(), now() - make_interval(days => $2)
       FROM generate_series(1, 6000)`,
      [group, days],
    );
  await insert('mine', 9);
  await insert('mine', 7);
  await insert('theirs', 9);
  assert.equal(await cleanInbox(fixture.database, 'mine', 7 * DAY_MS), 6000);
  assert.equal(await cleanInbox(fixture.database, 'mine', 7 * DAY_MS), 0);
  const [row] = await fixture.database.query<{ count: bigint }>('SELECT count(*) FROM inbox');
  assert.equal(row?.count, 12_000n);
});

test('topics are made once, with their partitions, whoever asks how often', async () => {
  const topic = { name: 'made.once.v1', partitions: 4, retentionMs: 1000 };
  const made = await Promise.all([1, 2].map(() => createTopics(fixture.kafka, [topic])));
  assert.ok(made.flat().includes('made.once.v1'));
  assert.deepEqual(await createTopics([fixture.broker.address], [topic, ...allTopics()]), []);
});

test('a broker is there or it is not', async () => {
  await fixture.kafka.ping();
  const nobody = createKafka({ brokers: ['127.0.0.1:1'], clientId: 'nobody' });
  await assert.rejects(nobody.ping());
  await nobody.close();
});
