// Accounts in further currencies, and what operators may do to them.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { v7 } from 'uuid';
import { refusal, startPayments, type PaymentsFixture, type TestCustomer } from './fixture';

let payments: PaymentsFixture;
let ada: TestCustomer;
let bob: TestCustomer;
before(async () => {
  payments = await startPayments();
  [ada, bob] = await Promise.all([payments.customer('ada'), payments.customer('bob')]);
});
after(() => payments.stop());

const open = ({ caller }: TestCustomer, currency: string) =>
  payments.client.OpenAccount({ currency }, { caller });
const yen = (amount: string) => ({ amount, currency: 'JPY' });
const payYen = (to: string, idempotencyKey: string = randomUUID()) =>
  payments.client.CreatePayment(
    { idempotencyKey, toHandle: to, amount: yen('30') },
    { caller: ada.caller },
  );
const accountsOf = async ({ caller }: TestCustomer) =>
  (await payments.client.ListAccounts({}, { caller })).accounts;

test('an account is opened on request, once, however many ask at a time', async () => {
  await assert.rejects(payYen(bob.handle), refusal('account_not_open'));
  const answers = await Promise.all(Array.from({ length: 8 }, () => open(ada, 'JPY')));
  assert.equal(answers.filter(({ opened }) => opened).length, 1);
  assert.equal(new Set(answers.map(({ account }) => account?.accountId)).size, 1);
  assert.equal((await open(ada, 'EUR')).opened, false);
  await assert.rejects(open(ada, 'CHF'), refusal('invalid_request'));
  const currencies = (await accountsOf(ada)).map(({ balance }) => balance?.currency);
  assert.deepEqual(currencies, ['EUR', 'JPY']);
});

test('who has no account in the currency cannot be paid in it, and can once it is open', async () => {
  await payments.client.CreateTopUp(
    { idempotencyKey: randomUUID(), amount: yen('100') },
    { caller: ada.caller },
  );
  const key = randomUUID();
  await assert.rejects(payYen(bob.handle, key), refusal('payee_has_no_account'));
  await open(bob, 'JPY');
  await assert.rejects(payYen(bob.handle, key), refusal('payee_has_no_account'));
  await payYen(bob.handle);
  await assert.rejects(payYen('nobody_here'), refusal('unknown_payee'));
  const [, account] = await accountsOf(bob);
  assert.deepEqual(
    [account?.balance, account?.held, account?.available],
    [yen('30'), yen('0'), yen('30')],
  );
  // Yen and euro are two accounts.
  assert.equal(await bob.balance(), 0n);
});

test('who is not known yet has no account to begin with', async () => {
  const caller = await payments.callerWith(v7(), ['payments:write']);
  await assert.rejects(
    payments.client.OpenAccount({ currency: 'USD' }, { caller }),
    refusal('account_not_open'),
  );
});

test('an operator freezes an account and lets it go again; who and why is kept', async () => {
  const operatorId = v7();
  const caller = await payments.callerWith(operatorId, ['ops:read', 'ops']);
  const { accounts } = await payments.client.ListAccountsOf({ userId: bob.userId }, { caller });
  const accountId = accounts[0]!.accountId;
  const { client } = payments;
  await ada.topUp(100);
  const freeze = (reason: string) => client.FreezeAccount({ accountId, reason }, { caller });
  await assert.rejects(freeze(''), refusal('invalid_request'));
  assert.equal((await freeze('a stolen phone')).account?.status, 'ACCOUNT_STATUS_FROZEN');
  await freeze('twice changes nothing');
  await assert.rejects(bob.pay(ada.handle, 1), refusal('account_frozen'));
  await assert.rejects(ada.pay(bob.handle, 1), refusal('account_not_usable'));
  const answer = await client.UnfreezeAccount({ accountId, reason: 'found it' }, { caller });
  assert.equal(answer.account?.status, 'ACCOUNT_STATUS_OPEN');
  await ada.pay(bob.handle, 1);
  const kept = await payments.database.query(
    `SELECT status, reason, operator_user_id AS "by" FROM account_freezes WHERE account_id = $1
     ORDER BY position`,
    [accountId],
  );
  assert.deepEqual(kept, [
    { status: 'frozen', reason: 'a stolen phone', by: operatorId },
    { status: 'open', reason: 'found it', by: operatorId },
  ]);
});

test('operators only; accounts of customers only; a closed one stays closed', async () => {
  const caller = await payments.callerWith(v7(), ['ops']);
  const { client, database } = payments;
  const request = { accountId: v7(), reason: 'why not' };
  await assert.rejects(client.FreezeAccount(request, { caller }), refusal('not_found'));
  const { caller: customer } = ada;
  await assert.rejects(client.FreezeAccount(request, { caller: customer }), refusal('forbidden'));
  await assert.rejects(client.UnfreezeAccount(request, { caller: customer }), refusal('forbidden'));
  const userId = bob.userId;
  await assert.rejects(
    client.ListAccountsOf({ userId }, { caller: customer }),
    refusal('forbidden'),
  );
  const [system] = await database.query<{ id: string }>(
    "SELECT account_id AS id FROM accounts WHERE system_name = 'fees' AND currency = 'GBP'",
  );
  const fees = { accountId: system?.id ?? '', reason: 'no' };
  await assert.rejects(client.FreezeAccount(fees, { caller }), refusal('not_found'));
  const leaver = await payments.customer('leaver');
  await client.CloseAccounts({}, { caller: leaver.caller });
  const [closed] = await accountsOf(leaver);
  const unfreeze = { accountId: closed!.accountId, reason: 'please' };
  await assert.rejects(client.UnfreezeAccount(unfreeze, { caller }), refusal('not_possible'));
  await assert.rejects(open(leaver, 'USD'), refusal('account_not_open'));
});

test('after all of this the audit finds nothing', async () => {
  assert.deepEqual(await payments.audit(), []);
});
