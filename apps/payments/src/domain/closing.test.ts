import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Account } from './account';
import { closingRefused, type ClosingCase } from './closing';

const account = (change: Partial<Account> = {}): Account => ({
  accountId: 'a',
  userId: 'u',
  handle: 'ada',
  currency: 'EUR',
  status: 'open',
  balance: 0n,
  held: 0n,
  spentToday: 70n,
  ...change,
});
const refusalOf = (change: Partial<ClosingCase>) =>
  closingRefused({
    accounts: [account()],
    holdsToReceive: false,
    topUpsPending: false,
    ...change,
  });

test('empty accounts may be closed, and those of somebody who has none', () => {
  assert.equal(refusalOf({}), undefined);
  assert.equal(refusalOf({ accounts: [] }), undefined);
});

test('each reason against it has its code, whichever account it is about', () => {
  const yen = (change: Partial<Account>) => [account(), account({ currency: 'JPY', ...change })];
  const codes = {
    account_frozen: { accounts: yen({ status: 'frozen', balance: 1n }), topUpsPending: true },
    top_up_pending: { accounts: yen({ balance: 1n }), topUpsPending: true, holdsToReceive: true },
    holds_open: { accounts: yen({ balance: 1n, held: 1n }) },
    account_not_empty: { accounts: yen({ balance: 1n }) },
  };
  for (const [code, found] of Object.entries(codes)) assert.equal(refusalOf(found)?.code, code);
  assert.equal(refusalOf({ holdsToReceive: true })?.code, 'holds_open');
  assert.match(refusalOf(codes.account_not_empty)!.detail, /JPY/);
});
