import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { decodeJwt } from 'jose';
import { Secret } from 'otpauth';
import { createSeal } from '../src/domain/seal';
import { sealFactors } from '../src/store/second-factors';
import {
  codeOf,
  PASSWORD,
  registered,
  SIGNING_KEYS_SECRET,
  startAuth,
  type AuthFixture,
} from './auth-fixture';

let auth: AuthFixture;
before(async () => (auth = await startAuth()));
after(() => auth.stop());

const claimsOf = (token: string) =>
  decodeJwt<{ acr: string; auth_time: number; second_factor: boolean; sid: string }>(token);
const wrong = { code: 'wrong_code' };
const needed = { code: 'step_up_required' };

/** Somebody who has just confirmed a second factor, by the code of now: that of the next step is left, and taken too. */
async function enrolled() {
  const { person, tokens } = await registered(auth.client);
  const { accessToken, refreshToken } = tokens;
  const { secret, uri } = await auth.user.EnrolSecondFactor(accessToken, PASSWORD);
  const confirmed = await auth.user.ConfirmSecondFactor(accessToken, codeOf(secret));
  return { person, accessToken, refreshToken, secret, uri, confirmed };
}

test('a second factor counts once it is confirmed; its tokens say so from the next sign-in or refresh on', async () => {
  const { person, tokens } = await registered(auth.client);
  const { accessToken } = tokens;
  await assert.rejects(auth.user.EnrolSecondFactor(accessToken, 'wrong horse battery'), {
    code: 'wrong_password',
  });
  const { secret, uri } = await auth.user.EnrolSecondFactor(accessToken, PASSWORD);
  assert.match(uri, new RegExp(`^otpauth://totp/.*secret=${secret}`));
  const before = await auth.user.GetSecondFactor(accessToken);
  assert.deepEqual(before, { enabled: false, recoveryCodesLeft: 0 });
  await assert.rejects(auth.user.StepUp(accessToken, codeOf(secret)), { code: 'not_found' });
  await assert.rejects(auth.user.ConfirmSecondFactor(accessToken, '000000'), wrong);
  const login = () => auth.client.Login({ email: person.email, password: PASSWORD });
  assert.equal(claimsOf((await login()).tokens!.accessToken).second_factor, false);

  const { recoveryCodes, accessToken: stepped } = await auth.user.ConfirmSecondFactor(
    accessToken,
    codeOf(secret),
  );
  assert.equal(recoveryCodes.length, 10);
  assert.deepEqual([claimsOf(stepped).acr, claimsOf(stepped).second_factor], ['aal2', true]);
  const now = await auth.user.GetSecondFactor(accessToken);
  assert.deepEqual(now, { enabled: true, recoveryCodesLeft: 10 });
  for (const { accessToken: next } of [
    (await login()).tokens!,
    (await auth.client.Refresh({ refreshToken: tokens.refreshToken })).tokens!,
  ]) {
    assert.deepEqual([claimsOf(next).acr, claimsOf(next).second_factor], ['aal1', true]);
  }
  await assert.rejects(auth.user.EnrolSecondFactor(accessToken, PASSWORD), {
    code: 'already_exists',
  });
});

test('a step-up gives a token of the same session with aal2 and the time of now; a refresh without', async () => {
  const { accessToken, refreshToken, secret } = await enrolled();
  const stepped = claimsOf((await auth.user.StepUp(accessToken, codeOf(secret, 1))).accessToken);
  assert.equal(stepped.acr, 'aal2');
  assert.equal(stepped.sid, claimsOf(accessToken).sid);
  assert.ok(Math.abs(Date.now() / 1000 - stepped.auth_time) < 30);
  const refreshed = await auth.client.Refresh({ refreshToken });
  assert.equal(claimsOf(refreshed.tokens!.accessToken).acr, 'aal1');
});

test('a code works once, also for two at the same moment, and an older one not after it', async () => {
  const { accessToken, secret } = await enrolled();
  const code = codeOf(secret, 1);
  const both = await Promise.allSettled([
    auth.user.StepUp(accessToken, code),
    auth.user.StepUp(accessToken, code),
  ]);
  assert.deepEqual(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
  await assert.rejects(auth.user.StepUp(accessToken, code), wrong);
  await assert.rejects(auth.user.StepUp(accessToken, codeOf(secret, -1)), wrong);
});

test('a recovery code works once, however it is typed', async () => {
  const { accessToken, confirmed } = await enrolled();
  const [code] = confirmed.recoveryCodes;
  await auth.user.StepUp(accessToken, code!.toUpperCase().replaceAll('-', ' '));
  await assert.rejects(auth.user.StepUp(accessToken, code!), wrong);
  const { recoveryCodesLeft } = await auth.user.GetSecondFactor(accessToken);
  assert.equal(recoveryCodesLeft, 9);
});

test('who guesses codes has to wait', async () => {
  const { accessToken } = await enrolled();
  const results = await Promise.allSettled(
    Array.from({ length: 12 }, (_, index) =>
      auth.user.StepUp(accessToken, `00000${index}`.slice(-6)),
    ),
  );
  const codes = results.map(
    (one) => one.status === 'rejected' && (one.reason as { code: string }).code,
  );
  assert.ok(codes.filter((code) => code === 'wrong_code').length <= 6, String(codes));
  assert.ok(codes.includes('rate_limited'), String(codes));
});

test('removing it and making an API key need it, given just now', async () => {
  const { refreshToken, confirmed } = await enrolled();
  const { accessToken } = (await auth.client.Refresh({ refreshToken })).tokens!;
  const key = { name: 'job', scopes: ['accounts:read'] };
  await assert.rejects(auth.user.CreateApiKey(accessToken, key), needed);
  await auth.user.CreateApiKey(confirmed.accessToken, key);
  await assert.rejects(auth.user.DisableSecondFactor(accessToken), needed);
  await auth.user.DisableSecondFactor(confirmed.accessToken);
  const { enabled, recoveryCodesLeft } = await auth.user.GetSecondFactor(accessToken);
  assert.deepEqual([enabled, recoveryCodesLeft], [false, 0]);
  await auth.user.EnrolSecondFactor(accessToken, PASSWORD);
});

test('the token of a session that has ended gets no step-up', async () => {
  const { accessToken, refreshToken, secret } = await enrolled();
  await auth.client.Logout({ refreshToken });
  await assert.rejects(auth.user.StepUp(accessToken, codeOf(secret, 1)), {
    code: 'unauthenticated',
  });
});

test('secrets are stored encrypted and recovery codes as hashes; another secret takes over', async () => {
  const { person, secret, accessToken, confirmed } = await enrolled();
  const stored = async () => {
    const [row] = await auth.database.query<{ secret_sealed: Buffer; codes: string }>(
      `SELECT secret_sealed, (SELECT string_agg(c::text, ' ') FROM recovery_codes c) AS codes
       FROM second_factors WHERE user_id = $1`,
      [person.userId],
    );
    return row!;
  };
  const { secret_sealed: sealed, codes } = await stored();
  assert.ok(!sealed.includes(Buffer.from(Secret.fromBase32(secret).bytes)));
  for (const code of confirmed.recoveryCodes) assert.ok(!codes.includes(code.replaceAll('-', '')));

  const [before, next] = [SIGNING_KEYS_SECRET, 'n'.repeat(32)];
  await sealFactors(auth.database, createSeal(before), 1000);
  assert.deepEqual((await stored()).secret_sealed, sealed);
  await sealFactors(auth.database, createSeal(next, before), 1000);
  assert.notDeepEqual((await stored()).secret_sealed, sealed);
  await sealFactors(auth.database, createSeal(before, next), 1000);
  await auth.user.StepUp(accessToken, codeOf(secret, 1));
});
