import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { SignJWT } from 'jose';
import {
  access,
  authorize,
  createServiceTokens,
  type Access,
  type Credentials,
} from '../src/index';
import { keySource, now, signer, verifierOf } from './signer';

const secret = 'a secret of at least thirty-two characters';
const key = signer();
const payments = createServiceTokens({ secret, service: 'payments' });
const gateway = createServiceTokens({ secret, service: 'gateway' });
const authenticators = { verifier: verifierOf(keySource(key)), serviceTokens: payments };
const ask = (required: Access, credentials: Credentials = {}) =>
  authorize(required, credentials, authenticators);

describe('authorize', () => {
  test('lets anybody call what is public, without looking at credentials', async () => {
    const credentials = { authorization: 'Bearer nonsense', serviceToken: 'nonsense' };
    assert.deepEqual(await ask(access.public, credentials), { kind: 'public' });
  });

  test('lets a user call what their token has the scope for, and nothing else', async () => {
    const authorization = `Bearer ${await key.token({ scope: 'profile:read' })}`;
    const caller = await ask(access.user('profile:read'), { authorization });
    assert.ok(caller.kind === 'user' && caller.userId === 'ada');
    for (const scope of ['payments:write', 'profile', 'read', 'profile:read accounts:read']) {
      const required = { kind: 'user', scope } as const;
      await assert.rejects(ask(required, { authorization }), { code: 'forbidden' });
    }
    await assert.rejects(ask(access.service('gateway'), { authorization }), {
      code: 'unauthenticated',
    });
  });

  test('refuses a user whose credentials are missing, malformed or in the wrong place', async () => {
    const token = await key.token();
    const bad: Credentials[] = [
      {},
      { authorization: '' },
      { authorization: token },
      { authorization: `Basic ${token}` },
      { authorization: `Bearer ${token} ${token}` },
      { authorization: `Bearer ${token}x` },
      { serviceToken: token },
      { serviceToken: await gateway.issue('payments') },
    ];
    for (const credentials of bad) {
      await assert.rejects(ask(access.user('profile:read'), credentials), {
        code: 'unauthenticated',
      });
    }
  });

  test('lets a named service call, and no other', async () => {
    const serviceToken = await gateway.issue('payments');
    assert.deepEqual(await ask(access.service('users', 'gateway'), { serviceToken }), {
      kind: 'service',
      service: 'gateway',
    });
    await assert.rejects(ask(access.service('users'), { serviceToken }), { code: 'forbidden' });
    await assert.rejects(ask(access.service('gateway')), { code: 'unauthenticated' });
    const asUser = { authorization: `Bearer ${serviceToken}` };
    await assert.rejects(ask(access.user('profile:read'), asUser), { code: 'unauthenticated' });
  });

  test('denies by default', async () => {
    for (const required of [{}, { kind: 'anybody' }, { kind: 'PUBLIC' }]) {
      await assert.rejects(ask(required as Access), { code: 'forbidden' });
    }
    for (const required of [undefined, null]) await assert.rejects(ask(required as never));
    const nobody = authorize(
      access.user('profile:read'),
      { authorization: `Bearer ${await key.token()}` },
      {},
    );
    await assert.rejects(nobody, { code: 'unauthenticated' });
    const serviceToken = await gateway.issue('payments');
    await assert.rejects(authorize(access.service('gateway'), { serviceToken }, {}), {
      code: 'unauthenticated',
    });
  });

  test('takes no declaration that names nobody', () => {
    assert.throws(() => access.service());
    assert.throws(() => access.service('gateway', ''));
    assert.throws(() => access.user(''));
    assert.throws(() => access.user('a b'));
  });
});

describe('service tokens', () => {
  const unauthenticated = { code: 'unauthenticated' };
  const typ = 'quayside-service+jwt';
  const signed = (claims: object, header: object = {}, by = secret) =>
    new SignJWT({ iss: 'gateway', aud: 'payments', iat: now(), exp: now() + 300, ...claims })
      .setProtectedHeader({ alg: 'HS256', typ, ...header })
      .sign(Buffer.from(by));

  test('name the service that made them', async () => {
    assert.deepEqual(await payments.verify(await gateway.issue('payments')), {
      service: 'gateway',
    });
    assert.deepEqual(await payments.verify(await signed({})), { service: 'gateway' });
  });

  test('are refused when anything about them is wrong', async () => {
    const bad = {
      'another secret': signed({}, {}, 'another secret of more than thirty-two characters'),
      'another audience': gateway.issue('users'),
      'no audience': signed({ aud: undefined }),
      'no issuer': signed({ iss: undefined }),
      expired: signed({ iat: now() - 300, exp: now() - 10 }),
      'without an end': signed({ exp: undefined }),
      'older than they live': signed({ iat: now() - 400, exp: now() + 300 }),
      'without a beginning': signed({ iat: undefined }),
      'from the future': signed({ iat: now() + 60, exp: now() + 360 }),
      'another type': signed({}, { typ: 'at+jwt' }),
      'another algorithm': signed({}, { alg: 'HS512' }, secret.repeat(2)),
      'a user’s token': key.token({ aud: 'payments' }),
      nonsense: Promise.resolve('nonsense'),
    };
    for (const [what, token] of Object.entries(bad)) {
      await assert.rejects(payments.verify(await token), unauthenticated, what);
    }
    const [, payload] = (await gateway.issue('payments')).split('.');
    const none = Buffer.from(JSON.stringify({ alg: 'none', typ })).toString('base64url');
    await assert.rejects(payments.verify(`${none}.${payload}.`), unauthenticated);
  });

  test('are made once per audience, and anew when half used up', async (t) => {
    t.mock.timers.enable({ apis: ['Date'], now: Date.now() });
    const users = createServiceTokens({ secret, service: 'users' });
    const first = await users.issue('payments');
    assert.equal(await users.issue('payments'), first);
    assert.notEqual(await users.issue('auth'), first);
    t.mock.timers.tick(151_000);
    const second = await users.issue('payments');
    assert.notEqual(second, first);
    assert.deepEqual(await payments.verify(first), { service: 'users' });
    t.mock.timers.tick(155_000);
    await assert.rejects(payments.verify(first), unauthenticated, 'a remembered one ends too');
    assert.deepEqual(await payments.verify(second), { service: 'users' });
  });

  test('need a secret that cannot be guessed', () => {
    assert.throws(
      () => createServiceTokens({ secret: 'short', service: 'users' }),
      /32 characters/,
    );
  });
});
