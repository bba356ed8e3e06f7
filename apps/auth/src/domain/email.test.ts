import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkedEmail, normaliseEmail } from './email';

test('case, outer spaces and Unicode form do not make two addresses', () => {
  assert.equal(normaliseEmail(' Ada@Example.COM '), normaliseEmail('ada@example.com'));
  assert.equal(normaliseEmail('jose\u0301@example.com'), normaliseEmail('JOS\u00c9@example.com'));
});

test('an address is kept as written', () => {
  assert.equal(checkedEmail(' Ada+x@Mail.Example.com '), 'Ada+x@Mail.Example.com');
});

test('what cannot be an address is refused with its field', () => {
  const long = `${'a'.repeat(250)}@b.io`;
  for (const email of ['', 'ada', 'ada@', '@example.com', 'a b@example.com', 'ada@example', long]) {
    assert.throws(() => checkedEmail(email), {
      code: 'invalid_request',
      fields: [{ path: '/email', message: 'must be an e-mail address of at most 254 characters' }],
    });
  }
});
