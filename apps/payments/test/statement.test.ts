// Statements: of all time and of a period, page by page, while new entries arrive.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { fromTimestamp, toTimestamp } from '@quayside/contracts';
import fc from 'fast-check';
import { refusal, startPayments, type PaymentsFixture, type TestCustomer } from './fixture';

let payments: PaymentsFixture;
let ada: TestCustomer;
let bob: TestCustomer;
let accountId: string;

interface Line {
  number: number;
  amount: number;
  balance: number;
  at: Date;
}

type Page = Awaited<ReturnType<PaymentsFixture['client']['GetStatement']>>;

const linesOf = ({ entries }: Page): Line[] =>
  entries.map(({ entryNumber, amount, balanceAfter, createdAt }) => ({
    number: Number(entryNumber),
    amount: Number(amount?.amount),
    balance: Number(balanceAfter?.amount),
    at: fromTimestamp(createdAt),
  }));

function page(period: { from?: Date; to?: Date } = {}, cursor = '', limit = 100) {
  const from = period.from && toTimestamp(period.from);
  const to = period.to && toTimestamp(period.to);
  return payments.client.GetStatement(
    { accountId, cursor, limit, from, to },
    { caller: ada.caller },
  );
}

async function allPages(period: { from?: Date; to?: Date }, limit: number): Promise<Line[]> {
  const lines: Line[] = [];
  let cursor = '';
  do {
    const next = await page(period, cursor, limit);
    lines.push(...linesOf(next));
    cursor = next.nextCursor;
  } while (cursor !== '');
  return lines;
}

before(async () => {
  payments = await startPayments();
  [ada, bob] = await Promise.all([payments.customer('ada'), payments.customer('bob')]);
  const { accounts } = await payments.client.ListAccounts({}, { caller: ada.caller });
  accountId = accounts[0]?.accountId ?? '';
  await ada.topUp(1000);
  for (let amount = 1; amount <= 12; amount += 1) await ada.pay(bob.handle, amount);
});
after(() => payments.stop());

test('any period has the entries of that time, with the balances before and after them', async () => {
  const all = linesOf(await page()).reverse();
  assert.equal(all.length, 13);
  const times = all.flatMap(({ at }) => [at.getTime() - 1, at.getTime(), at.getTime() + 1]);
  const moments = fc.constantFrom(...times);
  const property = fc.asyncProperty(
    moments,
    moments,
    fc.integer({ min: 1, max: 14 }),
    async (a, b, limit) => {
      fc.pre(a < b);
      const [from, to] = [new Date(a), new Date(b)];
      // The API's times are cut to milliseconds, PostgreSQL's are not: an entry within the last one may be on either side.
      const expected = all.filter(({ at }) => at >= from && at < to);
      assert.deepEqual((await allPages({ from, to }, limit)).reverse(), expected);
      const { openingBalance, closingBalance } = await page({ from, to });
      const opening = all.findLast(({ at }) => at < from)?.balance ?? 0;
      const sum = expected.reduce((total, { amount }) => total + amount, opening);
      assert.deepEqual(
        [openingBalance?.amount, closingBalance?.amount],
        [String(opening), String(sum)],
      );
    },
  );
  await fc.assert(property, { numRuns: 60 });
});

test('a period may be open at either end, and empty', async () => {
  const first = linesOf(await page()).at(-1)?.at ?? new Date();
  const since = await page({ from: first });
  assert.deepEqual([since.openingBalance?.amount, since.closingBalance?.amount], ['0', '922']);
  const until = await page({ to: first });
  assert.deepEqual([until.entries, until.closingBalance?.amount], [[], '0']);
  const later = new Date(Date.now() + 86_400_000);
  const { entries, openingBalance, closingBalance } = await page({ from: later });
  assert.deepEqual([entries, openingBalance?.amount, closingBalance?.amount], [[], '922', '922']);
  assert.equal((await page()).openingBalance, null);
});

test('a period that ends before it begins is refused, and so is the account of somebody else', async () => {
  const now = new Date();
  await assert.rejects(page({ from: now, to: now }), refusal('invalid_request'));
  for (const request of [{ accountId }, { accountId, from: toTimestamp(now) }]) {
    const asked = payments.client.GetStatement(request, { caller: bob.caller });
    await assert.rejects(asked, refusal('not_found'));
  }
});

test('pages stay what they were while new entries arrive', async () => {
  const before = linesOf(await page());
  const first = await page({}, '', 4);
  await Promise.all(Array.from({ length: 10 }, () => ada.pay(bob.handle, 1)));
  const second = await page({}, first.nextCursor, 4);
  assert.deepEqual([...linesOf(first), ...linesOf(second)], before.slice(0, 8));
  const to = new Date((before[0]?.at.getTime() ?? 0) + 1);
  assert.deepEqual(await allPages({ to }, 5), before);
});
