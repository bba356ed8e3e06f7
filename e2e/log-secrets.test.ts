import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { findSecretsInLogs, rememberSecrets, secretsIn } from './log-secrets';

const letters = (count: number) => 'aB3-x_'.repeat(count).slice(0, count);

/** A line as services write it, with something in it. */
const line = (text: string) => JSON.stringify({ level: 50, time: 1767322985678, msg: text });

const secrets: [kind: string, text: string][] = [
  ['a token (JWT)', `Bearer eyJ${letters(20)}.eyJ${letters(60)}.${letters(86)}`],
  ['a refresh token', `qsrt_${letters(43)}`],
  ['a reset token', `qspr_${letters(43)}`],
  ['an API key', `qsak_0a1b2c3d_${letters(43)}`],
  ['a private key', '-----BEGIN PRIVATE KEY-----'],
  ['the password of a database', 'postgres://auth_app:qwertz@127.0.0.1:5432/auth'],
  ['a card number', 'card 4242424242424242 declined'],
  ['a card number', 'card 4000-0000-0000-0002.'],
];

for (const [kind, text] of secrets) {
  test(`${kind} is found: ${text.slice(0, 12)}...`, () => {
    assert.deepEqual(secretsIn(line(`Refused ${text}`), []), [kind]);
  });
}

test('a private key is found in a JWK', () => {
  const jwk = JSON.stringify({ kty: 'OKP', crv: 'Ed25519', d: letters(43), x: letters(43) });
  assert.deepEqual(secretsIn(jwk, []), ['a private key']);
});

test('what only looks like a secret is none', () => {
  const harmless = [
    '{"level":30,"time":1767322985678,"spanId":"4242424242424242","msg":"x"}',
    '{"level":"info","trace_id":"0000000042424242","span_id":"4242424242424242","message":"x"}',
    'key 0195c2a5-4242-7424-8242-424242424242, prefix qsak_0a1b2c3d',
    'order 4242424242424243 of 42424242424242424242424242',
    'postgres://127.0.0.1:5432/auth',
    '2026-11-28 15:09:01.234 UTC [4242] LOG:  checkpoint complete: 4242 4242 4242 4242424',
  ];
  for (const text of harmless) assert.deepEqual(secretsIn(text, []), [], text);
});

test('all logs are searched for what customers used and what the system was given', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'quayside-logs-'));
  rememberSecrets({
    email: 'alice@example.com',
    password: 'correct horse staple',
    next: { recoveryCodes: ['abcd-efgh-ijkl'] },
  });
  writeFileSync(join(folder, 'auth.log'), 'alice@example.com\n{"p":"correct horse staple"}\n');
  writeFileSync(join(folder, 'auth.log.1'), 'code abcd-efgh-ijkl\n');
  writeFileSync(join(folder, 'users.log'), 'up\nwith sesame-of-users\nand s3rvice-token');
  writeFileSync(join(folder, 'output.log'), 'no horse battery');
  try {
    const system = { serviceToken: 's3rvice-token', roles: { users_app: 'sesame-of-users' } };
    const found = await findSecretsInLogs(folder, system);
    assert.deepEqual(found.map(({ file, line, kind }) => `${file}:${line} ${kind}`).sort(), [
      'auth.log.1:1 recoveryCodes',
      'auth.log:2 password',
      'output.log:1 a password of tests',
      'users.log:2 secrets.roles.users_app',
      'users.log:3 secrets.serviceToken',
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
