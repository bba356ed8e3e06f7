import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkedDisplayName } from './display-name';

test('a display name is trimmed and counted in characters, not in UTF-16 units', () => {
  assert.equal(checkedDisplayName('  Ada Lovelace '), 'Ada Lovelace');
  assert.equal(checkedDisplayName('🦭'.repeat(80)), '🦭'.repeat(80));
});

test('an empty, over-long or unprintable display name is refused with its field', () => {
  for (const name of ['', '   ', 'x'.repeat(81), '🦭'.repeat(81), 'a\u0000b', 'a\nb']) {
    assert.throws(() => checkedDisplayName(name), {
      code: 'invalid_request',
      fields: [
        { path: '/displayName', message: 'must have 1 to 80 characters, no control characters' },
      ],
    });
  }
});
