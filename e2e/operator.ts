import type { RunningSystem } from '@quayside/dev';
import { Client } from 'pg';
import { call, expectStatus, newPerson } from './customer';

/** What a sign-in gives. */
export interface Tokens {
  userId: string;
  accessToken: string;
  refreshToken: string;
}

/** Signs somebody in who has a role. */
export async function signInAs(system: RunningSystem, role: string): Promise<Tokens> {
  const person = newPerson(role);
  const post = (path: string, body: unknown) =>
    call<Tokens>(system.gatewayUrl, `/api/v1/auth/${path}`, {
      method: 'POST',
      body,
      headers: { prefer: 'wait=10' },
    });
  expectStatus(await post('register', person), 201);
  const owner = new Client({ connectionString: system.databaseUrls.auth?.owner });
  await owner.connect();
  await owner.query('UPDATE identities SET role = $2 WHERE email = $1', [person.email, role]);
  await owner.end();
  const { email, password } = person;
  return expectStatus(await post('login', { email, password }), 200);
}
