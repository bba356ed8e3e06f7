import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { QuaysideError } from '@quayside/errors';
import { verifySignature } from './webhook-signature';

const now = new Date('2026-01-02T03:04:05Z');
const seconds = now.getTime() / 1000;
const body = Buffer.from('{"eventId":"evt_1","note":"\\u00e9 é"}');
const rules = { secrets: ['new', 'old'], windowMs: 300_000, now };

const mac = (secret: string, time: number | string, of = body) =>
  createHmac('sha256', secret).update(`${time}.`).update(of).digest('hex');
const accepts = (header: string, of = body) => {
  try {
    verifySignature(header, of, rules);
    return true;
  } catch (error) {
    assert.ok(error instanceof QuaysideError && error.code === 'unauthenticated');
    return false;
  }
};

test('a signature by either key counts, also beside others and of other versions', () => {
  assert.ok(accepts(`t=${seconds},v1=${mac('new', seconds)}`));
  assert.ok(accepts(`t=${seconds},v1=${mac('old', seconds)}`));
  const several = `v0=x, t=${seconds}, v1=${'0'.repeat(64)}, v1=${mac('new', seconds)}, v2=later`;
  assert.ok(accepts(several));
});

test('another key, another body, another time, or half a signature do not', () => {
  assert.ok(!accepts(`t=${seconds},v1=${mac('other', seconds)}`));
  assert.ok(!accepts(`t=${seconds},v1=${mac('new', seconds)}`, Buffer.from('{"eventId":"evt_2"}')));
  assert.ok(!accepts(`t=${seconds + 1},v1=${mac('new', seconds)}`));
  assert.ok(!accepts(`t=${seconds},v1=${mac('new', seconds).slice(0, 32)}`));
  for (const header of ['', 't=', `v1=${mac('new', seconds)}`, `t=${seconds}`, 't=1e3,v1=zz']) {
    assert.ok(!accepts(header), header);
  }
});

test('the time must be near ours, either way', () => {
  for (const [away, counts] of [
    [299, true],
    [-299, true],
    [301, false],
    [-301, false],
  ] as const) {
    const time = seconds + away;
    assert.equal(accepts(`t=${time},v1=${mac('new', time)}`), counts, String(away));
  }
});
