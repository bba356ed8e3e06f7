import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { describe, mock, test } from 'node:test';
import { exportJWK } from 'jose';
import { refusing } from '../src/index';
import { keySource, now, signer, verifierOf } from './signer';

const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
const unauthenticated = { name: 'QuaysideError', code: 'unauthenticated' };

describe('a verifier of access tokens', () => {
  const key = signer();
  const source = keySource(key);
  const verifier = verifierOf(source);

  test('gives the user that a good token names', async () => {
    const [iat, exp] = [now() - 10, now() + 590];
    const token = await key.token({ jti: 'one', iat, exp });
    assert.deepEqual(await verifier.verify(token), {
      kind: 'user',
      userId: 'ada',
      scopes: ['profile:read', 'payments:write'],
      sessionId: 'session',
      tokenId: 'one',
      issuedAt: iat,
      expiresAt: exp,
      token,
    });
  });

  test('says how and when the user proved themselves, where the token does', async () => {
    const acr = 'urn:quayside:acr:mfa';
    const caller = await verifier.verify(await key.token({ acr, auth_time: 1_700_000_000 }));
    assert.equal(caller.acr, acr);
    assert.equal(caller.authTime, 1_700_000_000);
  });

  test('bears with clocks that differ by a few seconds', async () => {
    await verifier.verify(await key.token({ exp: now() - 2 }));
    await verifier.verify(await key.token({ nbf: now() + 2 }));
  });

  const wrong: Record<string, () => Promise<string>> = {
    'from another issuer': () => key.token({ iss: 'elsewhere' }),
    'from no issuer': () => key.token({ iss: undefined }),
    'for another audience': () => key.token({ aud: 'elsewhere' }),
    'for no audience': () => key.token({ aud: undefined }),
    'that has expired': () => key.token({ exp: now() - 10 }),
    'that does not say since when it is': () => key.token({ iat: undefined }),
    'that never expires': () => key.token({ exp: undefined }),
    'that is not valid yet': () => key.token({ nbf: now() + 60 }),
    'without a subject': () => key.token({ sub: undefined }),
    'with an empty subject': () => key.token({ sub: '' }),
    'without scopes': () => key.token({ scope: undefined }),
    'whose scopes are no text': () => key.token({ scope: ['profile:read'] }),
    'without an id': () => key.token({ jti: undefined }),
    'without a client': () => key.token({ client_id: undefined }),
    'of type JWT': () => key.token({}, { typ: 'JWT' }),
    'of no type': () => key.token({}, { typ: undefined }),
    'of an id token’s type': () => key.token({}, { typ: 'id+jwt' }),
    'without a key id': () => key.token({}, { kid: undefined }),
    'with another key’s id': () => signer(key.kid).token(),
    'with a critical header that we do not know': () =>
      key.token().then((token) => {
        const [, payload, signature] = token.split('.');
        const header = { alg: 'EdDSA', kid: key.kid, typ: 'at+jwt', crit: ['x'], x: 1 };
        return [encoded(header), payload, signature].join('.');
      }),
  };
  for (const [what, token] of Object.entries(wrong)) {
    test(`refuses a token ${what}`, async () => {
      await assert.rejects(verifier.verify(await token()), unauthenticated);
    });
  }

  test('refuses what is no token at all', async () => {
    for (const text of ['', '.', '..', 'a.b.c', 'ä', `${encoded({ alg: 'EdDSA' })}..`]) {
      await assert.rejects(verifier.verify(text), unauthenticated, text);
    }
  });

  // RFC 8725, 2.1: the two oldest tricks, and what they look like with our own header around them.
  test('refuses alg none, in any spelling', async () => {
    const payload = (await key.token()).split('.')[1]!;
    for (const alg of ['none', 'None', 'NONE', '']) {
      const header = encoded({ alg, kid: key.kid, typ: 'at+jwt' });
      for (const signature of ['', 'AAAA']) {
        const token = `${header}.${payload}.${signature}`;
        await assert.rejects(verifier.verify(token), unauthenticated, alg);
      }
    }
  });

  test('refuses HS256 signed with the public key as the secret', async () => {
    const secrets = [
      Buffer.from(key.jwk.x!, 'base64url'),
      Buffer.from(key.jwk.x!),
      Buffer.from(key.publicKey.export({ type: 'spki', format: 'pem' })),
      key.publicKey.export({ type: 'spki', format: 'der' }),
    ];
    for (const secret of secrets) {
      const token = await key.token({}, { alg: 'HS256' }, new Uint8Array(secret));
      await assert.rejects(verifier.verify(token), unauthenticated);
      // The same signature under the header that we expect.
      const [, payload, signature] = token.split('.');
      const disguised = [
        encoded({ alg: 'EdDSA', kid: key.kid, typ: 'at+jwt' }),
        payload,
        signature,
      ];
      await assert.rejects(verifier.verify(disguised.join('.')), unauthenticated);
    }
  });

  test('refuses a key that comes with the token', async () => {
    const stranger = signer('their-own');
    for (const header of [{ jwk: stranger.jwk }, { jku: 'https://evil.example/jwks' }]) {
      await assert.rejects(verifier.verify(await stranger.token({}, header)), unauthenticated);
    }
  });

  test('refuses a good token with one byte changed', async () => {
    const [header, payload, signature] = (await key.token()).split('.');
    const claims = JSON.parse(Buffer.from(payload!, 'base64url').toString()) as object;
    const other = encoded({ ...claims, sub: 'eve' });
    await assert.rejects(verifier.verify(`${header}.${other}.${signature}`), unauthenticated);
  });

  test('takes no key but Ed25519 ones that sign from the set', async () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const foreign = { ...(await exportJWK(rsa.publicKey)), kid: 'rsa', alg: 'RS256' };
    const secret = { kty: 'oct', kid: 'oct', k: Buffer.from('x'.repeat(32)).toString('base64url') };
    const encrypting = { ...signer('enc').jwk, use: 'enc' };
    const mixed = keySource(key);
    mixed.jwks.keys.unshift(foreign, secret, encrypting);
    const tolerant = verifierOf(mixed);
    assert.equal((await tolerant.verify(await key.token())).userId, 'ada');
    const bySecret = await key.token({}, { alg: 'HS256', kid: 'oct' }, Buffer.from('x'.repeat(32)));
    await assert.rejects(tolerant.verify(bySecret), unauthenticated);
  });
});

describe('the keys of a verifier', () => {
  test('are fetched once for many tokens at once', async () => {
    const key = signer();
    const source = keySource(key);
    const verifier = verifierOf(source);
    const tokens = await Promise.all(Array.from({ length: 20 }, () => key.token()));
    await Promise.all(tokens.map((token) => verifier.verify(token)));
    assert.equal(source.fetches, 1);
  });

  test('are fetched again for an unknown key id, but not for every one that somebody makes up', async (t) => {
    t.mock.timers.enable({ apis: ['Date'], now: Date.now() });
    const key = signer();
    const source = keySource(key);
    const verifier = verifierOf(source, { unknownKeyPauseMs: 5_000 });
    await verifier.verify(await key.token());
    const next = signer();
    source.jwks.keys.push(next.jwk);

    for (let n = 0; n < 50; n += 1) {
      await assert.rejects(verifier.verify(await signer().token()), unauthenticated);
    }
    assert.equal(source.fetches, 1, 'the keys were just fetched');
    t.mock.timers.tick(5_000);
    assert.equal((await verifier.verify(await next.token())).userId, 'ada');
    assert.equal(source.fetches, 2);
    await assert.rejects(verifier.verify(await signer().token()), unauthenticated);
    assert.equal(source.fetches, 2);
  });

  test('serve on while they cannot be fetched again, and not for ever', async (t) => {
    t.mock.timers.enable({ apis: ['Date'], now: Date.now() });
    const key = signer();
    const source = keySource(key);
    const verifier = verifierOf(source, { cacheMs: 60_000, staleMs: 600_000 });
    await verifier.verify(await key.token());
    source.failing = true;
    t.mock.timers.tick(60_000);
    assert.equal((await verifier.verify(await key.token())).userId, 'ada');
    assert.equal(source.fetches, 2, 'it was tried, and nobody waited for it');
    t.mock.timers.tick(600_000);
    await assert.rejects(verifier.verify(await key.token()), { code: 'unavailable' });
    source.failing = false;
    assert.equal((await verifier.verify(await key.token())).userId, 'ada');
  });

  test('that auth has withdrawn are given up', async (t) => {
    t.mock.timers.enable({ apis: ['Date'], now: Date.now() });
    const [old, next] = [signer(), signer()];
    const source = keySource(old);
    const verifier = verifierOf(source, { cacheMs: 60_000 });
    await verifier.verify(await old.token());
    source.jwks.keys = [next.jwk];
    t.mock.timers.tick(60_000);
    await verifier.verify(await next.token());
    await assert.rejects(verifier.verify(await old.token()), unauthenticated);
  });

  test('survive an answer without any', async (t) => {
    t.mock.timers.enable({ apis: ['Date'], now: Date.now() });
    const key = signer();
    const source = keySource(key);
    const verifier = verifierOf(source, { cacheMs: 60_000 });
    await verifier.verify(await key.token());
    source.jwks.keys = [];
    t.mock.timers.tick(60_000);
    await assert.rejects(verifier.verify(await signer().token()), unauthenticated);
    assert.equal((await verifier.verify(await key.token())).userId, 'ada');
    assert.equal(source.fetches, 2);
  });

  test('that were never had make tokens uncheckable, which is not the caller’s fault', async () => {
    const key = signer();
    const source = keySource(key);
    const verifier = verifierOf(source);
    source.failing = true;
    await assert.rejects(verifier.verify(await key.token()), { code: 'unavailable' });
    source.failing = false;
    assert.equal((await verifier.verify(await key.token())).userId, 'ada');
  });
});

describe('what has been verified', () => {
  test('is not verified again until it expires', async (t) => {
    t.mock.timers.enable({ apis: ['Date'], now: Date.now() });
    const key = signer();
    const verifier = verifierOf(keySource(key));
    const token = await key.token({ exp: now() + 60 });
    const first = await verifier.verify(token);
    const again = mock.method(crypto.subtle, 'verify');
    try {
      assert.equal(await verifier.verify(token), first);
      assert.equal(again.mock.callCount(), 0);
      t.mock.timers.tick(66_000);
      await assert.rejects(verifier.verify(token), unauthenticated);
    } finally {
      again.mock.restore();
    }
  });

  test('is forgotten, the least used first, when there is too much of it', async () => {
    const key = signer();
    const verifier = verifierOf(keySource(key), { remembered: 2 });
    const [a, b, c] = await Promise.all([key.token(), key.token(), key.token()]);
    const firstA = await verifier.verify(a);
    const firstB = await verifier.verify(b);
    assert.equal(await verifier.verify(a), firstA);
    await verifier.verify(c);
    assert.equal(await verifier.verify(a), firstA, 'remembered');
    assert.notEqual(await verifier.verify(b), firstB, 'verified anew');
  });

  test('is refused from the moment that its session is, other sessions are not', async () => {
    const key = signer();
    const ended = new Set<string>();
    const verifier = refusing(verifierOf(keySource(key)), ({ sessionId }) =>
      ended.has(sessionId ?? ''),
    );
    const [lost, kept] = await Promise.all([key.token({ sid: 'a' }), key.token({ sid: 'b' })]);
    await verifier.verify(lost);
    await verifier.verify(kept);
    ended.add('a');
    await assert.rejects(verifier.verify(lost), unauthenticated);
    assert.equal((await verifier.verify(kept)).sessionId, 'b');
  });
});
