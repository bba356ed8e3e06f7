import { setTimeout as delay } from 'node:timers/promises';
import { call, customer, expectStatus, newPerson, type Customer } from '../../customer';

/** Somebody who pays and is paid. */
export interface Person {
  /** With a token of the moment. */
  customer: Customer;
  email: string;
  password: string;
  /** Minor units that were topped up. */
  toppedUp: bigint;
}

const TOP_UP = '1000000';
/** A token lives for ten minutes. */
const TOKEN_AGE_MS = 4 * 60_000;
const TRIES_MS = 60_000;

/** Repeats until it works: before the load begins the system may still be coming up. */
async function insist<T>(what: string, attempt: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + TRIES_MS;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > deadline) throw new Error(`${what} does not work.`, { cause: error });
      await delay(500);
    }
  }
}

async function signUp(target: string, name: string): Promise<Person> {
  const details = newPerson(name);
  const answer = await call<{ userId: string; accessToken: string }>(
    target,
    '/api/v1/auth/register',
    { method: 'POST', body: details, headers: { prefer: 'wait=10' } },
  );
  const { userId, accessToken } = expectStatus(answer, 201);
  const who = customer(target, { userId, accessToken, ...details });
  await insist('Opening an account', () => who.account());
  await insist('A top-up', async () => expectStatus(await who.topUp(TOP_UP, userId), 201));
  const { email, password } = details;
  return { customer: who, email, password, toppedUp: BigInt(TOP_UP) };
}

/** Signs so many people up, each with money. */
export async function signUpPeople(target: string, count: number): Promise<Person[]> {
  const people: Person[] = [];
  for (let n = 1; n <= count; n += 1) {
    people.push(await insist('Signing up', () => signUp(target, `load${n}`)));
  }
  return people;
}

/** Signs in anew. Throws when that does not work. */
export async function signIn(target: string, person: Person): Promise<void> {
  const { email, password } = person;
  const answer = await call<{ accessToken: string }>(target, '/api/v1/auth/login', {
    method: 'POST',
    body: { email, password },
  });
  const { accessToken } = expectStatus(answer, 200);
  const { userId, handle } = person.customer;
  person.customer = customer(target, { userId, handle, email, accessToken });
}

/** Keeps everybody signed in until `signal` is aborted; a login that fails is tried again a little later. */
export async function staySignedIn(target: string, people: Person[], signal: AbortSignal) {
  const ended = () => signal.aborted;
  const ignore = () => undefined;
  while (!ended()) {
    await delay(TOKEN_AGE_MS, undefined, { signal }).catch(ignore);
    for (const person of people) {
      if (ended()) return;
      await insist('Signing in', () => signIn(target, person)).catch(ignore);
    }
  }
}
