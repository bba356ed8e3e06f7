import assert from 'node:assert/strict';
import { call, expectStatus, newPerson, type Page, type Problem } from '../customer';
import type { Step } from './step';
import { codeOf } from './totp';

interface Tokens {
  accessToken: string;
  refreshToken: string;
}

/** A second factor is asked of who has one, whatever the system's limit for payments is: an API key needs it. */
export const stepUp: Step = {
  name: 'an API key needs the second factor, then opens what it may, and nothing once it is revoked',
  run: async ({ gatewayUrl }) => {
    const as = <Body>(token: string | undefined, path: string, body?: unknown, method = 'POST') =>
      call<Body>(gatewayUrl, `/api/v1/${path}`, { method, body, token });
    const person = newPerson('carol');
    const registered = expectStatus(await as<Tokens>(undefined, 'auth/register', person), 201);

    const factor = await as<{ secret: string }>(registered.accessToken, 'auth/second-factor', {
      password: person.password,
    });
    const { secret } = expectStatus(factor, 201);
    const confirmation = { code: codeOf(secret, Date.now()) };
    expectStatus(await as(registered.accessToken, 'auth/second-factor/confirm', confirmation), 200);

    // The token of before knows of no second factor; the session's next one does, and that it was not given.
    const { refreshToken } = registered;
    const refreshed = await as<Tokens>(undefined, 'auth/refresh', { refreshToken });
    const { accessToken: token } = expectStatus(refreshed, 200);

    const order = { name: 'smoke', scopes: ['accounts:read'] };
    const refused = expectStatus(await as<Problem>(token, 'auth/api-keys', order), 401);
    assert.match(refused.type, /step_up_required$/);
    // The code of now has been used.
    const given = { code: codeOf(secret, Date.now() + 30_000) };
    const proven = await as<{ accessToken: string }>(token, 'auth/step-up', given);
    const { accessToken } = expectStatus(proven, 200);
    type Made = { apiKey: string; key: { keyId: string } };
    const made = await as<Made>(accessToken, 'auth/api-keys', order);
    const { apiKey, key } = expectStatus(made, 201);

    const exchange = () => as<{ accessToken: string }>(undefined, 'auth/token', { apiKey });
    const job = expectStatus(await exchange(), 200).accessToken;
    expectStatus(await as<Page<unknown>>(job, 'accounts', undefined, 'GET'), 200);
    const revoke = `auth/api-keys/${key.keyId}`;
    expectStatus(await as(accessToken, revoke, undefined, 'DELETE'), 204);
    expectStatus(await exchange(), 401);
  },
};
