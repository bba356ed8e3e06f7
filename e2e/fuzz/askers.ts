import type { RunningSystem } from '@quayside/dev';
import { call, cardToken, customer, expectStatus, newPerson, type Customer } from '../customer';
import { signInAs, type Tokens } from '../operator';
import type { Operation } from './document';
import type { Asker } from './requests';
import type { Existing } from './values';

/** Those in whose name everything is asked. */
export interface Askers {
  nobody: Asker;
  /** An administrator; what there is to ask about is another person's. */
  operator: Asker;
  /** The customer, or for what would end them in the middle of it one who is there for it alone. */
  customerFor(operation: Operation): Asker;
}

/** Somebody, with the names by which requests mean them and theirs. */
interface Person extends Customer {
  existing: Existing;
}

/** Operations after which a customer is not who they were: each has a customer of its own. */
const ending = [
  'changePassword',
  'confirmSecondFactor',
  'deleteOwnUser',
  'disableSecondFactor',
  'endSession',
  'enrolSecondFactor',
  'logout',
  'refresh',
  'revokeApiKey',
];

/** Signs everybody up, with something to read of each kind. */
export async function makeAskers(system: RunningSystem): Promise<Askers> {
  const [alice, bob, victim, passing] = await Promise.all([
    signUp(system, 'alice'),
    signUp(system, 'bob'),
    signUp(system, 'victim'),
    Promise.all(ending.map((operation) => signUp(system, operation.toLowerCase()))),
  ]);
  await makeHistory(system, alice, bob);
  return {
    nobody: { existing: bob.existing },
    operator: { token: await operatorToken(system), existing: victim.existing },
    customerFor: ({ operationId }) => {
      const { token, existing } = passing[ending.indexOf(operationId)] ?? alice;
      return { token, existing };
    },
  };
}

async function signUp({ gatewayUrl }: RunningSystem, name: string): Promise<Person> {
  const person = newPerson(name.slice(0, 12));
  const register = await call<Tokens>(gatewayUrl, '/api/v1/auth/register', {
    method: 'POST',
    body: person,
    headers: { prefer: 'wait=10' },
  });
  const { userId, accessToken, refreshToken } = expectStatus(register, 201);
  const signedUp = customer(gatewayUrl, { ...person, userId, accessToken });
  const { accountId } = await signedUp.account();
  const sessions = await signedUp.get<{ items: { sessionId: string }[] }>('/api/v1/auth/sessions');
  const key = await call<{ apiKey: string; key: { keyId: string } }>(
    gatewayUrl,
    '/api/v1/auth/api-keys',
    { method: 'POST', body: { name, scopes: ['accounts:read'] }, token: accessToken },
  );
  const made = expectStatus(key, 201);
  const existing = {
    userId: [userId],
    email: [person.email],
    handle: [person.handle],
    password: [person.password],
    currentPassword: [person.password],
    refreshToken: [refreshToken],
    accountId: [accountId],
    sessionId: expectStatus(sessions, 200).items.map(({ sessionId }) => sessionId),
    apiKey: [made.apiKey],
    keyId: [made.key.keyId],
  };
  return { ...signedUp, existing };
}

/** Payments both ways, holds, top-ups, and lists of more than one page. */
async function makeHistory(system: RunningSystem, alice: Person, bob: Person): Promise<void> {
  const card = await cardToken(system.cardProcessorUrl, '4242424242424242');
  const topUps = [await alice.topUp('100000', undefined, card), await bob.topUp('100000')];
  const hold = (payer: Person, payee: Person) =>
    call<{ paymentId: string }>(system.gatewayUrl, '/api/v1/payments', {
      method: 'POST',
      token: payer.token,
      headers: { 'idempotency-key': `hold of ${payer.handle}`.replaceAll(' ', '-') },
      body: {
        toHandle: payee.handle,
        amount: { amount: '300', currency: 'EUR' },
        capture: false,
      },
    });
  const payments = [
    await alice.pay(bob.handle, '100'),
    await bob.pay(alice.handle, '200'),
    await hold(alice, bob),
    await hold(bob, alice),
  ];
  const page = await alice.get<{ nextCursor: string }>(
    `/api/v1/accounts/${(await alice.account()).accountId}/statement?limit=1`,
  );
  Object.assign(alice.existing, {
    toHandle: [bob.handle],
    cardToken: [card],
    topUpId: topUps.map((answer) => expectStatus(answer, 201).topUpId),
    paymentId: payments.map((answer) => expectStatus(answer, 201).paymentId),
    cursor: [expectStatus(page, 200).nextCursor],
  });
}

/** Of somebody who cannot be erased in between: there is money in the account. */
async function operatorToken(system: RunningSystem): Promise<string> {
  const { accessToken, userId } = await signInAs(system, 'admin');
  const operator = customer(system.gatewayUrl, { accessToken, userId, handle: '', email: '' });
  expectStatus(await operator.topUp('100'), 201);
  return accessToken;
}
