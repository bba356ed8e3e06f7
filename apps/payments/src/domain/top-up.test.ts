import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Account } from './account';
import { isRefusal } from './refusal';
import { decideTopUp } from './top-up';

const account: Account = {
  accountId: 'a',
  userId: 'u',
  handle: 'ada',
  currency: 'EUR',
  status: 'open',
  balance: 0n,
  held: 0n,
  spentToday: 0n,
};
const decide = (of: Account | undefined, funding: string | undefined) => {
  const decision = decideTopUp('EUR', of, funding);
  return isRefusal(decision) ? decision.code : 'approved';
};

test('money comes in to an open account, in a currency that has a funding account', () => {
  assert.equal(decide(account, 'f'), 'approved');
  assert.equal(decide(undefined, 'f'), 'account_not_open');
  assert.equal(decide(account, undefined), 'account_not_open');
  assert.equal(decide({ ...account, status: 'frozen' }, 'f'), 'account_frozen');
  assert.equal(decide({ ...account, status: 'closed' }, 'f'), 'account_not_usable');
});
