import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { decodeJwt } from 'jose';
import { grantRoleCommand } from '../src/commands/grant-role';
import { newcomer, registered, startAuth, type AuthFixture } from './auth-fixture';

let auth: AuthFixture;
before(async () => (auth = await startAuth()));
after(() => auth.stop());

const grant = (...args: string[]) => grantRoleCommand(args, { DATABASE_URL: auth.databaseUrl });
const scopesIn = (token: string) => String(decodeJwt(token).scope).split(' ');
const operator = (scopes: string[]) => scopes.filter((scope) => scope.startsWith('ops'));

test('a role shows in the tokens of the next refresh and sign-in, and can be taken away', async () => {
  const { person, tokens } = await registered(auth.client);
  assert.deepEqual(operator(scopesIn(tokens.accessToken)), []);

  assert.match(await grant(person.email.toUpperCase(), 'support'), /is support from/);
  const refreshed = await auth.client.Refresh({ refreshToken: tokens.refreshToken });
  assert.deepEqual(operator(scopesIn(refreshed.tokens!.accessToken)), ['ops:read']);

  await grant(person.email, 'admin');
  const again = await auth.client.Login({ email: person.email, password: person.password });
  assert.deepEqual(operator(scopesIn(again.tokens!.accessToken)), ['ops:read', 'ops']);

  await grant(person.email, 'customer');
  const last = await auth.client.Refresh({ refreshToken: again.tokens!.refreshToken });
  assert.deepEqual(operator(scopesIn(last.tokens!.accessToken)), []);
});

test('an unknown role or address is refused with a sentence', async () => {
  const { email } = newcomer();
  await assert.rejects(
    grant(email, 'king'),
    /Usage: grant-role <e-mail> <customer\|support\|admin>/,
  );
  await assert.rejects(grant(email), /Usage/);
  await assert.rejects(grant(email, 'admin'), /Nobody has registered with/);
});
