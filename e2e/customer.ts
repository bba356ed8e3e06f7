import { randomUUID } from 'node:crypto';
import { rememberSecrets } from './log-secrets';

/** One answer of the public API. */
export interface Answer<Body> {
  status: number;
  headers: Headers;
  body: Body;
}

export interface Money {
  amount: string;
  currency: string;
}

export interface Account {
  accountId: string;
  currency: string;
  balance: Money;
  available: Money;
  status: string;
}

export interface StatementEntry {
  entryId: string;
  amount: Money;
  balanceAfter: Money;
  paymentId: string | null;
  description: string;
  createdAt: string;
}

export interface Payment {
  paymentId: string;
  status: string;
  amount: Money;
}

export interface Activity {
  type: string;
  title?: string;
  paymentId?: string | null;
  amount?: Money | null;
}

export interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  traceId: string;
}

interface Request {
  method?: string;
  body?: unknown;
  token?: string;
  headers?: Record<string, string>;
}

/** Calls the public API as any client would; never throws on an error status. */
export async function call<Body>(
  gatewayUrl: string,
  path: string,
  { method = 'GET', body, token, headers = {} }: Request = {},
): Promise<Answer<Body>> {
  const response = await fetch(new URL(path, gatewayUrl), {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    body: body === undefined ? undefined : JSON.stringify(body),
    signal: AbortSignal.timeout(20_000),
  });
  const text = await response.text();
  const answer: unknown = text === '' ? undefined : JSON.parse(text);
  rememberSecrets(body);
  rememberSecrets(answer);
  return { status: response.status, headers: response.headers, body: answer as Body };
}

/** Throws, with the whole answer, unless the status is the expected one. */
export function expectStatus<Body>(answer: Answer<Body>, status: number): Body {
  if (answer.status !== status) {
    throw new Error(`Expected ${status}, got ${answer.status}: ${JSON.stringify(answer.body)}`);
  }
  return answer.body;
}

/** A signed-up person and what they can do through the public API. */
export interface Customer {
  userId: string;
  handle: string;
  email: string;
  token: string;
  topUp(
    amount: string,
    key?: string,
    cardToken?: string,
  ): Promise<Answer<{ topUpId: string; status: string }>>;
  pay(toHandle: string, amount: string, key?: string): Promise<Answer<Payment>>;
  refund(paymentId: string, amount?: string, key?: string): Promise<Answer<{ refundId: string }>>;
  account(): Promise<Account>;
  statement(): Promise<StatementEntry[]>;
  activity(): Promise<Activity[]>;
  get<Body>(path: string): Promise<Answer<Body>>;
  /** Asks to be forgotten. */
  erase(): Promise<Answer<Problem | undefined>>;
}

const eur = (amount: string): Money => ({ amount, currency: 'EUR' });

/** The details of a person nobody has seen before. */
export function newPerson(name: string) {
  const suffix = randomUUID().replaceAll('-', '').slice(0, 12);
  return {
    email: `${name}.${suffix}@example.com`,
    password: `correct horse ${suffix}`,
    handle: `${name}_${suffix}`,
    displayName: name,
  };
}

/** A token of a card, from the card processor: it alone sees the number. */
export async function cardToken(cardProcessorUrl: string, number: string): Promise<string> {
  const answer = await call<{ token: string }>(cardProcessorUrl, '/v1/tokens', {
    method: 'POST',
    body: { number },
  });
  return expectStatus(answer, 201).token;
}

/** Signs a new person up and waits until their account is open. */
export async function signUp(
  gatewayUrl: string,
  name: string,
  person = newPerson(name),
): Promise<Customer> {
  const answer = await call<{ userId: string; accessToken: string }>(
    gatewayUrl,
    '/api/v1/auth/register',
    { method: 'POST', body: person, headers: { prefer: 'wait=10' } },
  );
  const { userId, accessToken } = expectStatus(answer, 201);
  return customer(gatewayUrl, { userId, accessToken, ...person });
}

async function allPages<Item>(fetchPage: (cursor: string) => Promise<Page<Item>>): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const page: Page<Item> = await fetchPage(cursor);
    items.push(...page.items);
    cursor = page.nextCursor;
  }
  return items;
}

/** What a person with this token can do. */
export function customer(
  gatewayUrl: string,
  {
    userId,
    handle,
    email,
    accessToken,
  }: { userId: string; handle: string; email: string; accessToken: string },
): Customer {
  const get = <Body>(path: string) => call<Body>(gatewayUrl, path, { token: accessToken });
  const post = <Body>(path: string, body: unknown, key: string = randomUUID()) =>
    call<Body>(gatewayUrl, path, {
      method: 'POST',
      body,
      token: accessToken,
      headers: { 'idempotency-key': key },
    });
  const pages = <Item>(path: string) =>
    allPages<Item>(async (cursor) => {
      const after = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      return expectStatus(await get<Page<Item>>(`${path}?limit=100${after}`), 200);
    });
  const account = async () => {
    const { items } = expectStatus(await get<{ items: Account[] }>('/api/v1/accounts'), 200);
    const first = items[0];
    if (first === undefined) throw new Error(`${handle} has no account yet`);
    return first;
  };
  return {
    userId,
    handle,
    email,
    token: accessToken,
    get,
    account,
    topUp: (amount, key, cardToken) =>
      post('/api/v1/top-ups', { amount: eur(amount), cardToken }, key),
    erase: () => call(gatewayUrl, '/api/v1/users/me', { method: 'DELETE', token: accessToken }),
    pay: (toHandle, amount, key) =>
      post('/api/v1/payments', { toHandle, amount: eur(amount), description: 'lunch' }, key),
    refund: (paymentId, amount, key) =>
      post(
        `/api/v1/payments/${paymentId}/refunds`,
        amount === undefined ? {} : { amount: eur(amount) },
        key,
      ),
    statement: async () => pages(`/api/v1/accounts/${(await account()).accountId}/statement`),
    activity: () => pages('/api/v1/activity'),
  };
}
