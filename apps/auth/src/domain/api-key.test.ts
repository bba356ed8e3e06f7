import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkedApiKey, isApiKey, newApiKey, scopesOfKey } from './api-key';

test('keys are all different, recognisable, and begin with what is shown of them', () => {
  const keys = Array.from({ length: 50 }, newApiKey);
  assert.equal(new Set(keys.map(({ apiKey }) => apiKey)).size, 50);
  for (const { apiKey, prefix } of keys) {
    assert.ok(isApiKey(apiKey) && apiKey.startsWith(`${prefix}_`));
    assert.ok(!isApiKey(prefix) && !isApiKey(`${apiKey}x`));
  }
});

const asked = {
  name: ' nightly job ',
  scopes: ['accounts:read', 'accounts:read'],
  expiresInDays: 0,
};

test('a key has scopes of its owner, ends, and is called something', () => {
  assert.deepEqual(checkedApiKey(asked, 'customer'), {
    name: 'nightly job',
    scopes: ['accounts:read'],
    days: 90,
  });
  const wrong: [object, string][] = [
    [{ name: ' ' }, '/name'],
    [{ name: 'x'.repeat(81) }, '/name'],
    [{ scopes: [] }, '/scopes'],
    [{ scopes: ['accounts:read', 'ops'] }, '/scopes'],
    [{ scopes: ['identity:write'] }, '/scopes'],
    [{ expiresInDays: 367 }, '/expiresInDays'],
    [{ expiresInDays: -1 }, '/expiresInDays'],
  ];
  for (const [field, path] of wrong) {
    assert.throws(
      () => checkedApiKey({ ...asked, ...field }, 'customer'),
      (error: { code: string; fields: { path: string }[] }) =>
        error.code === 'invalid_request' && error.fields[0]!.path === path,
    );
  }
});

test('a key loses what its owner loses', () => {
  const scopes = ['accounts:read', 'ops'];
  assert.deepEqual(scopesOfKey(scopes, 'admin'), scopes);
  assert.deepEqual(scopesOfKey(scopes, 'customer'), ['accounts:read']);
});
