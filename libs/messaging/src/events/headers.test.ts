import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cloudEventHeaders, readEnvelope, readHeaders } from './headers';

const envelope = {
  id: '0191f1a0-0000-7000-8000-000000000001',
  type: 'quayside.users.v1.UserCreated',
  source: '/quayside/users',
  time: new Date('2026-11-22T10:00:00.123Z'),
};

test('what is written is read again', () => {
  assert.deepEqual(readEnvelope(cloudEventHeaders(envelope)), envelope);
});

test('headers come as bytes, as text and as lists', () => {
  assert.deepEqual(readHeaders({ a: Buffer.from('1'), b: '2', c: ['3', '4'], d: undefined }), {
    a: '1',
    b: '2',
    c: '3',
  });
  assert.deepEqual(readHeaders(), {});
});

test('an envelope that is not one is refused with a reason', () => {
  const good = cloudEventHeaders(envelope);
  const broken = [
    [{ ce_specversion: '0.3' }, /not a CloudEvent 1\.0/],
    [{ ce_id: '17' }, /no UUID/],
    [{ ce_type: '' }, /no type/],
    [{ ce_source: '' }, /no source/],
    [{ ce_time: 'yesterday' }, /no valid time/],
  ] as const;
  for (const [part, reason] of broken) {
    assert.throws(() => readEnvelope({ ...good, ...part }), reason);
  }
  assert.throws(() => readEnvelope({}), /not a CloudEvent/);
});
