// Requests that were sent at once: in which order, one after another, the model gives what the service did.
import { isDeepStrictEqual } from 'node:util';
import type { PaymentsFixture, TestCustomer } from './fixture';
import type { Concrete, Ledger, Model } from './model';

/** What the service answered: the whole message, or the code of the refusal and its words. */
export type Outcome = { answer: object } | { code: string; message: string };

/** A request and what came of it. */
export interface Done {
  asked: Concrete;
  outcome: Outcome;
}

interface Row {
  userId: string;
  currency: 'EUR' | 'JPY';
  status: string;
  held: number;
  amounts: number[];
  balances: number[];
}

/** The ledger as the database has it. */
export async function storedLedger(
  { database }: PaymentsFixture,
  people: readonly TestCustomer[],
): Promise<Ledger> {
  const rows = await database.query<Row>(
    `SELECT user_id AS "userId", currency, status, held::int,
       array_remove(array_agg(amount::int ORDER BY entry_number), NULL) AS amounts,
       array_remove(array_agg(balance_after::int ORDER BY entry_number), NULL) AS balances
     FROM accounts LEFT JOIN entries USING (account_id) WHERE user_id = ANY($1) GROUP BY account_id`,
    [people.map(({ userId }) => userId)],
  );
  return people.map((person) => {
    const own = rows.filter(({ userId }) => userId === person.userId);
    return Object.fromEntries(
      own.map(({ currency, status, held, amounts, balances }) => [
        currency,
        {
          entries: amounts.map((amount, at) => ({ amount, balanceAfter: balances[at]! })),
          held,
          frozen: status === 'frozen',
          closed: status === 'closed',
        },
      ]),
    );
  });
}

/** Whether every entry of the one ledger is in its place in the other, which may go on. */
const isBeginningOf = (ledger: Ledger, whole: Ledger): boolean =>
  ledger.every((accounts, who) =>
    Object.entries(accounts).every(([currency, { entries }]) => {
      const found = whole[who]![currency as 'EUR']?.entries ?? [];
      return isDeepStrictEqual(entries, found.slice(0, entries.length));
    }),
  );

/**
 * An order in which the model does and refuses what the service has done and refused, and ends with the ledger that was
 * `found`; undefined when there is none.
 */
export function someOrder(model: Model, done: Done[], found: Ledger): Done[] | undefined {
  // A refusal changes nothing, so it has its place as soon as it is one.
  const refused = done.filter(
    ({ asked, outcome }) => 'code' in outcome && model.copy().apply(asked) === outcome.code,
  );
  const left = done.filter((each) => !refused.includes(each));
  if (left.length === 0) return isDeepStrictEqual(model.ledger(), found) ? refused : undefined;
  for (const next of left) {
    const after = model.copy();
    if ('code' in next.outcome || after.apply(next.asked) !== undefined) continue;
    if (!isBeginningOf(after.ledger(), found)) continue;
    const others = left.filter((each) => each !== next);
    const rest = someOrder(after, others, found);
    if (rest) return [...refused, next, ...rest];
  }
  return undefined;
}
