import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from './client';
import type { CardTokens } from './cards';
import { formatMoney, printChapter, printTable, type Money } from './print';

interface Person {
  handle: string;
  token: string;
  accountId: string;
}

interface Account {
  accountId: string;
  status: string;
  balance: Money;
}

interface Entry {
  createdAt: string;
  description: string;
  amount: Money;
  balanceAfter: Money;
}

interface Activity {
  type: string;
  title: string;
  at: string;
}

const euro = (amount: string): Money => ({ amount, currency: 'EUR' });
const once = (): Record<string, string> => ({ 'Idempotency-Key': randomUUID() });

/**
 * The main job as two customers do it, each step printed; with cards where there is a card processor that gives tokens.
 * Throws when an answer is not the right one.
 */
export async function walk(call: Client, cardToken?: CardTokens): Promise<void> {
  printChapter('Ada and Ben sign up');
  const ada = await signUp(call, 'ada', 'Ada');
  const ben = await signUp(call, 'ben', 'Ben');

  printChapter('Ada brings in 50.00 EUR');
  const topUp = { method: 'POST', path: '/top-ups', token: ada.token } as const;
  await call({ ...topUp, body: { amount: euro('5000') }, headers: once() });

  if (cardToken) await topUpByCard(call, cardToken, ben);

  printChapter('Ada pays Ben 12.50 EUR');
  const payment = {
    method: 'POST',
    path: '/payments',
    token: ada.token,
    body: { toHandle: ben.handle, amount: euro('1250'), description: 'Lunch' },
    headers: once(),
  } as const;
  const first = await call<{ paymentId: string }>(payment);

  printChapter('Her connection broke: the same request again, with the same key, pays only once');
  const again = await call<{ paymentId: string }>(payment);
  if (again.paymentId !== first.paymentId) throw new Error('The replay paid a second time.');

  printChapter('More than she has is refused');
  const tooMuch = { ...payment.body, amount: euro('99900') };
  await call({ ...payment, body: tooMuch, headers: once(), expect: 402 });

  printChapter('Ben gives back 2.50 EUR of it');
  await call({
    method: 'POST',
    path: `/payments/${first.paymentId}/refunds`,
    token: ben.token,
    body: { amount: euro('250') },
    headers: once(),
  });

  await printStatement(call, ada, 'Ada');
  await printStatement(call, ben, 'Ben');
  await printFeed(call, ada, 'Ada', 'refund_received');
  await printFeed(call, ben, 'Ben', 'refund_sent');
  const ofBen = cardToken ? '35.00' : '10.00';
  console.log(`\nDone: Ada has 40.00 EUR, Ben has ${ofBen} EUR.`);
}

/** Two cards: one is declined, the other is charged and its answer is lost. */
async function topUpByCard(call: Client, cardToken: CardTokens, ben: Person): Promise<void> {
  const order = { method: 'POST', path: '/top-ups', token: ben.token } as const;
  printChapter("Ben's first card is declined");
  const declined = await cardToken('4000000000000002');
  const none = { amount: euro('2500'), cardToken: declined };
  await call({ ...order, body: none, headers: once(), expect: 201 });

  printChapter('His second card is charged and the answer is lost; payments asks until it knows');
  const lost = { amount: euro('2500'), cardToken: await cardToken('4000000000001034') };
  const { topUpId } = await call<{ topUpId: string }>({ ...order, body: lost, headers: once() });
  const read = { method: 'GET', path: `/top-ups/${topUpId}`, token: ben.token } as const;
  await until('the card top-up', async () => {
    const { status } = await call<{ status: string }>(read, { quiet: true });
    return status === 'completed' ? status : undefined;
  });
  await call(read);
}

async function signUp(call: Client, name: string, displayName: string): Promise<Person> {
  // A new pair each time: handles are never given out twice.
  const handle = `${name}_${randomBytes(3).toString('hex')}`;
  const { accessToken: token } = await call<{ accessToken: string }>({
    method: 'POST',
    path: '/auth/register',
    headers: { Prefer: 'wait=10' },
    body: {
      email: `${handle}@example.com`,
      password: randomBytes(12).toString('base64url'),
      handle,
      displayName,
    },
  });
  const [account] = await until('the account to be open', async () => {
    const { items } = await call<{ items: Account[] }>(
      { method: 'GET', path: '/accounts', token },
      { quiet: true },
    );
    return items.length > 0 ? items : undefined;
  });
  if (account === undefined) throw new Error('No account.');
  return { handle, token, accountId: account.accountId };
}

async function printStatement(call: Client, person: Person, name: string): Promise<void> {
  printChapter(`${name}'s statement`);
  const path = `/accounts/${person.accountId}/statement`;
  const { items } = await call<{ items: Entry[] }>({ method: 'GET', path, token: person.token });
  const rows = items.map(({ createdAt, description, amount, balanceAfter }) => [
    createdAt,
    description,
    formatMoney(amount),
    formatMoney(balanceAfter),
  ]);
  printTable(['when', 'what', 'amount', 'balance after'], rows, [2, 3]);
}

async function printFeed(call: Client, person: Person, name: string, last: string): Promise<void> {
  printChapter(`${name}'s activity, which the events have written`);
  const request = { method: 'GET', path: '/activity', token: person.token } as const;
  await until(`the event ${last}`, async () => {
    const { items } = await call<{ items: Activity[] }>(request, { quiet: true });
    return items.some(({ type }) => type === last) ? items : undefined;
  });
  const { items } = await call<{ items: Activity[] }>(request);
  printTable(
    ['when', 'event', 'what'],
    items.map(({ at, type, title }) => [at, type, title]),
  );
}

async function until<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
  const deadline = performance.now() + 10_000;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > deadline) throw new Error(`Waited 10 s in vain for ${what}.`);
    await delay(50);
  }
}
