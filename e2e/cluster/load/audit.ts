import { setTimeout as delay } from 'node:timers/promises';
import { signIn, type Person } from './people';
import type { Accepted } from './ledger';

/** What is compared with what. */
export interface Books {
  target: string;
  people: Person[];
  accepted: Accepted[];
  /** Payments whose outcome was never told. */
  undecided: number;
  /** How long events may take to arrive. */
  eventsWithinMs: number;
}

/** How the books look to the customers themselves, through the public API. */
export interface Audit {
  accepted: number;
  /** Entries of statements and of feeds that were compared. */
  entries: number;
  events: number;
  findings: string[];
}

const LOOK_AGAIN_MS = 2_000;

function countOf(ids: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}

function compare(what: string, expected: Set<string>, found: Map<string, number>): string[] {
  const missing = [...expected].filter((id) => !found.has(id));
  const unknown = [...found.keys()].filter((id) => !expected.has(id));
  const twice = [...found].filter(([, count]) => count > 1).map(([id]) => id);
  const say = (text: string, ids: string[]) =>
    ids.length === 0 ? [] : [`${what}: ${ids.length} ${text}, such as ${ids[0] ?? ''}`];
  return [
    ...say('accepted payments are missing', missing),
    ...say('payments that nobody accepted', unknown),
    ...say('payments more than once', twice),
  ];
}

const handleOf = ({ customer }: Person) => customer.handle;
const idsOf = (items: { paymentId?: string | null }[]) =>
  items.flatMap(({ paymentId }) => (paymentId ? [paymentId] : []));

async function checkMoney(person: Person, paid: number, got: number): Promise<string[]> {
  const { balance } = await person.customer.account();
  const expected = person.toppedUp - BigInt(paid) + BigInt(got);
  const right = balance.amount === String(expected);
  return right ? [] : [`${handleOf(person)} has ${balance.amount} and should have ${expected}`];
}

/** Reads the feed until it holds as much as it should, or the time is over. */
async function feedOf(person: Person, atLeast: number, deadline: number): Promise<string[]> {
  for (;;) {
    const ids = idsOf(await person.customer.activity());
    if (ids.length >= atLeast || Date.now() > deadline) return ids;
    await delay(LOOK_AGAIN_MS);
  }
}

/** Compares what was accepted with everybody's balance, statement and feed: each payment once, in both of its places. */
export async function audit(books: Books): Promise<Audit> {
  const { target, people, accepted, undecided } = books;
  const deadline = Date.now() + books.eventsWithinMs;
  const result: Audit = { accepted: accepted.length, entries: 0, events: 0, findings: [] };
  if (undecided > 0) result.findings.push(`${undecided} payments were never decided`);
  for (const person of people) {
    await signIn(target, person);
    const paid = accepted.filter(({ payer }) => payer === person);
    const got = accepted.filter(({ payee }) => payee === person);
    const expected = new Set([...paid, ...got].map(({ paymentId }) => paymentId));
    const name = handleOf(person);
    const entries = idsOf(await person.customer.statement());
    const events = await feedOf(person, expected.size, deadline);
    result.entries += entries.length;
    result.events += events.length;
    result.findings.push(
      ...(await checkMoney(person, paid.length, got.length)),
      ...compare(`statement of ${name}`, expected, countOf(entries)),
      ...compare(`feed of ${name}`, expected, countOf(events)),
    );
  }
  return result;
}
