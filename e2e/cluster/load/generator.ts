import { setTimeout as delay } from 'node:timers/promises';
import { createLedger } from './ledger';
import { signUpPeople, staySignedIn, type Person } from './people';
import { send, type Call } from './send';
import { createWindow } from './window';

/** What kind of load. */
export interface LoadOptions {
  /** URL of the gateway. */
  target: string;
  people: number;
  perSecond: number;
}

const TICK_MS = 20;
const MOST_OPEN = 256;
/** One request in so many opens a connection of its own. */
const FRESH_EVERY = 4;
/** Out of twenty requests: twelve payments; a login needs a core for a while. */
const MIX = 20;
const LOGIN_EVERY = 60;

const pick = <T>(items: readonly T[]): T => {
  const item = items[Math.floor(Math.random() * items.length)];
  if (item === undefined) throw new Error('There is nobody.');
  return item;
};

const readOf = (person: Person, path: string, fresh: boolean): Call => ({
  method: 'GET',
  path,
  token: person.customer.token,
  fresh,
});

/** Sends requests at a steady rate, whether the system keeps up or not, until stopped. */
export async function startGenerator({ target, people: count, perSecond }: LoadOptions) {
  const people = await signUpPeople(target, count);
  const ledger = createLedger(target);
  const window = createWindow();
  const ending = new AbortController();
  const open = new Set<Promise<void>>();
  let rate = perSecond;
  let sent = 0;

  async function requestNumber(n: number): Promise<void> {
    const fresh = n % FRESH_EVERY === 0;
    const payer = pick(people);
    if (n % LOGIN_EVERY === 0) {
      const { email, password } = payer;
      const body = { email, password };
      const login: Call = { method: 'POST', path: '/api/v1/auth/login', body, fresh };
      window.add('login', 200, await send(target, login));
    } else if (n % MIX < 12) {
      const payee = pick(people.filter((other) => other !== payer));
      window.add('payment', 201, await ledger.pay(payer, payee, fresh));
    } else if (n % MIX < 17) {
      window.add('accounts', 200, await send(target, readOf(payer, '/api/v1/accounts', fresh)));
    } else {
      window.add('profile', 200, await send(target, readOf(payer, '/api/v1/users/me', fresh)));
    }
  }

  function begin(): void {
    if (open.size >= MOST_OPEN) {
      window.skip();
      return;
    }
    const one = requestNumber((sent += 1)).finally(() => open.delete(one));
    open.add(one);
  }

  async function run(): Promise<void> {
    let due = 0;
    let before = performance.now();
    while (!ending.signal.aborted) {
      await delay(TICK_MS);
      const now = performance.now();
      due += ((now - before) / 1000) * rate;
      before = now;
      for (; due >= 1; due -= 1) begin();
    }
  }

  const running = run();
  const signedIn = staySignedIn(target, people, ending.signal);
  return {
    people,
    accepted: ledger.accepted,
    cut: () => window.cut(),
    setRate: (value: number) => void (rate = value),
    /** Ends the load and waits until every payment is decided; gives how many never were. */
    async stop(): Promise<number> {
      ending.abort();
      await Promise.all([running, signedIn]);
      await Promise.all(open);
      return ledger.settle();
    },
  };
}

export type Generator = Awaited<ReturnType<typeof startGenerator>>;
