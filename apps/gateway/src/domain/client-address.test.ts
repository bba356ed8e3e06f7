import assert from 'node:assert/strict';
import { isIP } from 'node:net';
import { test } from 'node:test';
import fc from 'fast-check';
import { clientAddress } from './client-address';

test('an address is bare, however a proxy writes it', () => {
  for (const written of [
    '192.0.2.7',
    '192.0.2.7:5678',
    '::ffff:192.0.2.7',
    '::FFFF:192.0.2.7',
    '[::ffff:192.0.2.7]:5678',
    '::ffff:c000:207',
    '0:0:0:0:0:ffff:192.0.2.7',
    '[0000:0:0:0:0:FFFF:C000:0207]:5678',
  ]) {
    assert.equal(clientAddress(written), '192.0.2.7', written);
  }
  for (const written of [
    '2001:db8::1',
    '[2001:db8::1]',
    '[2001:db8::1]:5678',
    '2001:DB8::1',
    '2001:0db8:0:0:0:0:0:1',
    '2001:db8:0:0::0.0.0.1',
  ]) {
    assert.equal(clientAddress(written), '2001:db8::1', written);
  }
  assert.equal(clientAddress('FE80::01%eth0'), 'fe80::1');
});

test('what is no address comes from who sent it', () => {
  for (const made of ['unknown', '_hidden', '', '1.2.3:4', '[x]:1', '192.0.2.7:x', undefined]) {
    assert.equal(clientAddress(made, '10.0.0.1'), '10.0.0.1', made);
    assert.equal(clientAddress(made, '::ffff:10.0.0.1'), '10.0.0.1', made);
    assert.equal(clientAddress(made), undefined, made);
  }
});

test('whatever is claimed, the answer is an address', () => {
  const claimed = fc.oneof(
    fc.ipV4(),
    fc.ipV6(),
    fc.string(),
    fc.tuple(fc.ipV6(), fc.string()).map(([address, rest]) => `[${address}]${rest}`),
  );
  fc.assert(
    fc.property(claimed, (written) => {
      const address = clientAddress(written, '10.0.0.1') ?? '';
      assert.notEqual(isIP(address), 0);
      assert.equal(clientAddress(address), address);
    }),
  );
});
