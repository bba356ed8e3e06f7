import type { RunningSystem } from '@quayside/dev';
import { expectStatus, signUp, type Customer } from '../customer';
import type { Job } from './generator';

/** As many payers as connections: no account is paid from by two at once on purpose. */
const PAYERS = 32;
const ENOUGH = '1000000';

/** People with money, and the payments that they will send: cents, each to the next person. */
export async function paymentRequests(system: RunningSystem): Promise<Job['requests']> {
  const people: Customer[] = [];
  for (let index = 0; index < PAYERS; index += 1) {
    const person = await signUp(system.gatewayUrl, `bench${index}`);
    expectStatus(await person.topUp(ENOUGH), 201);
    people.push(person);
  }
  return people.map(({ token }, index) => ({
    headers: { authorization: `Bearer ${token}` },
    body: paymentBody(people[(index + 1) % people.length]?.handle ?? ''),
  }));
}

/** The body of one payment; the echo floor gets the same. */
export const paymentBody = (toHandle: string): string =>
  JSON.stringify({
    toHandle,
    amount: { amount: '1', currency: 'EUR' },
    description: 'lunch',
  });
