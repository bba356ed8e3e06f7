import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import fc from 'fast-check';
import {
  allTopics,
  consumerGroups,
  decodeEvent,
  encodeEvent,
  fromTimestamp,
  packageDefinition,
  services,
  topicOf,
  topics,
  toTimestamp,
} from './index';

test('what is generated is what protos/ says', async () => {
  await promisify(execFile)(process.execPath, [
    join(import.meta.dirname, '../generate.mjs'),
    '--check',
  ]);
});

test('every event message is carried by exactly one topic', () => {
  const events = Object.values(topics).flatMap((topic) => [...topic.events]);
  assert.equal(new Set(events).size, events.length);
  for (const event of events) {
    assert.ok(event in packageDefinition, `${event} is not in protos/`);
    assert.ok((topicOf(event).events as readonly string[]).includes(event));
  }
});

test('every group reads declared topics and has a dead-letter topic for each', () => {
  const names = allTopics().map(({ name }) => name);
  assert.equal(new Set(names).size, names.length);
  for (const { group, topics: read } of Object.values(consumerGroups)) {
    for (const { name } of read) assert.ok(names.includes(`${group}.${name}.dlq`));
  }
});

test('an event survives the wire, amounts beyond 2^53 included', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 2n ** 63n - 1n }), fc.string(), (amount, description) => {
      const payload = {
        paymentId: 'p',
        payerUserId: 'a',
        payerHandle: 'alice',
        payeeUserId: 'b',
        payeeHandle: 'bob',
        amount: { amount: amount.toString(), currency: 'EUR' },
        description: description.toWellFormed(),
      };
      const type = 'quayside.payments.v1.PaymentCompleted';
      assert.deepEqual(decodeEvent(type, encodeEvent(type, payload)), payload);
    }),
  );
});

test('bytes that are not the message are refused', () => {
  assert.throws(() =>
    decodeEvent('quayside.users.v1.UserCreated', Buffer.from([0xff, 0xff, 0xff])),
  );
});

test('timestamps keep their milliseconds, before the epoch too', () => {
  fc.assert(
    fc.property(fc.date({ noInvalidDate: true }), (date) => {
      const timestamp = toTimestamp(date);
      assert.ok(timestamp.nanos >= 0);
      assert.equal(fromTimestamp(timestamp).getTime(), date.getTime());
    }),
  );
});

test('the services are those of protos/', () => {
  assert.equal(services.auth.Login.path, '/quayside.auth.v1.AuthService/Login');
  assert.equal(services.users.FindByHandle.path, '/quayside.users.v1.UsersService/FindByHandle');
  assert.equal(
    services.payments.RefundPayment.path,
    '/quayside.payments.v1.PaymentsService/RefundPayment',
  );
});
