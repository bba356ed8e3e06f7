import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  matchingStep,
  newRecoveryCodes,
  newTotpSecret,
  recoveryCodeHash,
  totpForDisplay,
} from './totp';

// RFC 6238 Appendix B (SHA1), the last six of its eight digits.
const secret = Buffer.from('12345678901234567890');
const at = (seconds: number) => new Date(seconds * 1000);

test('codes are those of RFC 6238', () => {
  for (const [seconds, code] of [
    [59, '287082'],
    [1111111109, '081804'],
    [1234567890, '005924'],
    [2000000000, '279037'],
  ] as const) {
    assert.equal(matchingStep(secret, code, at(seconds)), Math.floor(seconds / 30));
  }
});

test('a code is taken one step early or late, and names its own step', () => {
  const code = '005924';
  const step = Math.floor(1234567890 / 30);
  for (const off of [-30, 0, 30])
    assert.equal(matchingStep(secret, code, at(1234567890 + off)), step);
  for (const off of [-60, 60]) {
    assert.equal(matchingStep(secret, code, at(1234567890 + off)), undefined);
  }
  assert.equal(matchingStep(newTotpSecret(), code, at(1234567890)), undefined);
});

test('an authenticator gets the secret with issuer and account', () => {
  const { secret: typed, uri } = totpForDisplay(secret, 'ada@example.com');
  assert.equal(typed, 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ');
  assert.match(
    uri,
    /^otpauth:\/\/totp\/Quayside:ada%40example\.com\?.*secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ/,
  );
});

test('recovery codes are all different, and the same however they are typed', () => {
  const codes = newRecoveryCodes();
  assert.equal(new Set(codes).size, 10);
  for (const code of codes) assert.match(code, /^([a-z2-7]{4}-){3}[a-z2-7]{4}$/);
  const [code] = codes;
  const typed = ` ${code!.toUpperCase().replaceAll('-', ' ')}`;
  assert.deepEqual(recoveryCodeHash('ada', typed), recoveryCodeHash('ada', code!));
  assert.notDeepEqual(recoveryCodeHash('bob', code!), recoveryCodeHash('ada', code!));
});
