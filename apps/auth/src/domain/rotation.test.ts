import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CLOCK_SKEW_SECONDS, KEYS_CACHE_MS } from '@quayside/identity';
import { KEYS_MAX_AGE_MS, rotationTimes } from './rotation';

const TOKEN_SECONDS = 600;
const { publishSeconds, retireSeconds } = rotationTimes(TOKEN_SECONDS);
const ringSeconds = KEYS_MAX_AGE_MS / 1000;

test('a next key is published for longer than all caches between auth and a verifier live', () => {
  // Of the gateway, whose tests hold both: FRESH_MS in src/http/jwks.ts, and max-age and stale-if-error in
  // src/http/meta.ts.
  const gatewaySeconds = 30 + 60 + 60;
  assert.ok(publishSeconds > ringSeconds + gatewaySeconds + KEYS_CACHE_MS / 1000);
});

test('a retired key is published for longer than the last token that it signed is taken', () => {
  // A replica signs with it until its ring is read again; a verifier's clock may be slow.
  assert.ok(retireSeconds >= ringSeconds + TOKEN_SECONDS + CLOCK_SKEW_SECONDS);
});
