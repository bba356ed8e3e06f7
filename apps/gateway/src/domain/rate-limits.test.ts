import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressKey, policyHeader, shareOf, stateHeader, type RateLimit } from './rate-limits';

const ten: RateLimit = {
  name: 'login',
  limit: 10,
  windowSeconds: 60,
  per: 'address',
  shared: true,
};

test('addresses of one IPv6 network count together, those of IPv4 each by itself', () => {
  assert.equal(addressKey('192.0.2.7'), '192.0.2.7');
  const network = '2001:db8:0:7::/64';
  for (const address of ['2001:db8:0:7::1', '2001:0DB8:0000:0007:1:2:3:4', '2001:db8:0:7::']) {
    assert.equal(addressKey(address), network);
  }
  assert.notEqual(addressKey('2001:db8:0:8::1'), network);
  assert.equal(addressKey('::1'), '0:0:0:0::/64');
  assert.equal(addressKey(undefined), 'unknown');
});

test('replicas share a limit, and none is left without', () => {
  assert.deepEqual(
    [1, 2, 3, 20].map((replicas) => shareOf(ten, replicas)),
    [10, 5, 4, 1],
  );
});

test('headers are as the draft writes them', () => {
  assert.equal(policyHeader(ten), '"login";q=10;w=60');
  assert.equal(stateHeader(ten, 4, 31), '"login";r=4;t=31');
});
