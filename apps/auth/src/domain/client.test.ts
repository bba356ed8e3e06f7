import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clientOf, networkOf } from './client';

test('an address is kept when it is one, an IPv4 address in one form', () => {
  const addressOf = (address: string) => clientOf({ address, userAgent: '' }).address;
  assert.equal(addressOf('192.0.2.7'), '192.0.2.7');
  assert.equal(addressOf('::ffff:192.0.2.7'), '192.0.2.7');
  assert.equal(addressOf('2001:DB8::1'), '2001:db8::1');
  for (const address of ['', 'unknown', '192.0.2.7, 10.0.0.1', '1'.repeat(200)]) {
    assert.equal(addressOf(address), '');
  }
  assert.deepEqual(clientOf(null), { address: '', device: '' });
});

test('a user agent is shortened, and what cannot be seen is left out', () => {
  const { device } = clientOf({
    address: '',
    userAgent: `Mozilla\r\n\u0007 \u202e${'x'.repeat(500)}`,
  });
  assert.equal(device.length, 120);
  assert.match(device, /^Mozilla x+$/);
});

test('an IPv6 address counts by its first 64 bits, however it is written', () => {
  for (const address of ['2001:db8:0:1::1', '2001:db8::1:2:3:4:5', '2001:0db8:0000:0001:1:2:3:4']) {
    assert.equal(networkOf(address), '2001:db8:0:1::/64');
  }
  assert.equal(networkOf('::1'), '0:0:0:0::/64');
  assert.equal(networkOf('fe80::'), 'fe80:0:0:0::/64');
  assert.equal(networkOf('192.0.2.7'), '192.0.2.7');
  assert.equal(networkOf(''), '');
});
