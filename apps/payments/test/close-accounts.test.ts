// The end of a customer: what keeps accounts open, and that nothing comes to them once they are closed.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { waitFor } from '@quayside/testing';
import { v7 } from 'uuid';
import { refusal, startPayments, type PaymentsFixture, type TestCustomer } from './fixture';

let payments: PaymentsFixture;
let ada: TestCustomer;
before(async () => {
  payments = await startPayments();
  ada = await payments.customer('ada');
  await ada.topUp(100_000);
});
after(() => payments.stop());

const close = ({ caller }: Pick<TestCustomer, 'caller'>) =>
  payments.client.CloseAccounts({}, { caller });
const statusesOf = async ({ caller }: TestCustomer) =>
  (await payments.client.ListAccounts({}, { caller })).accounts.map(({ status }) => status);
const announcedOf = (userId: string) =>
  payments.database.query(
    "SELECT FROM outbox WHERE key = $1 AND type = 'quayside.payments.v1.UserAccountsClosed'",
    [userId],
  );

test('empty accounts are closed, in every currency, once', async () => {
  const leaver = await payments.customer('leaver');
  await payments.client.OpenAccount({ currency: 'JPY' }, { caller: leaver.caller });
  const { closedAt } = await close(leaver);
  assert.deepEqual(await statusesOf(leaver), ['ACCOUNT_STATUS_CLOSED', 'ACCOUNT_STATUS_CLOSED']);
  assert.deepEqual((await close(leaver)).closedAt, closedAt);
});

test('money keeps them open, in whichever currency, until it is spent', async () => {
  const leaver = await payments.customer('leaver');
  const options = { caller: leaver.caller };
  await payments.client.OpenAccount({ currency: 'JPY' }, options);
  const amount = { amount: '7', currency: 'JPY' };
  await payments.client.CreateTopUp({ idempotencyKey: randomUUID(), amount }, options);
  await assert.rejects(close(leaver), refusal('account_not_empty'));
  assert.deepEqual(await statusesOf(leaver), ['ACCOUNT_STATUS_OPEN', 'ACCOUNT_STATUS_OPEN']);
  // A refusal has changed nothing: the handle still works.
  await ada.pay(leaver.handle, 5);
  await leaver.pay(ada.handle, 5);
  await payments.client.OpenAccount({ currency: 'JPY' }, { caller: ada.caller });
  await payments.client.CreatePayment(
    { idempotencyKey: randomUUID(), toHandle: ada.handle, amount },
    options,
  );
  await close(leaver);
});

test('a hold keeps them open, of who pays and of who is to be paid', async () => {
  const [payer, payee] = await Promise.all(['payer', 'payee'].map(payments.customer));
  await payer!.topUp(10);
  const paymentId = await payer!.hold(payee!.handle, 10);
  await assert.rejects(close(payer!), refusal('holds_open'));
  await assert.rejects(close(payee!), refusal('holds_open'));
  await payee!.void(paymentId);
  await close(payee!);
  await assert.rejects(close(payer!), refusal('account_not_empty'));
});

test('an undecided top-up and a frozen account keep them open', async () => {
  const leaver = await payments.customer('leaver');
  const { accounts } = await payments.client.ListAccounts({}, { caller: leaver.caller });
  const { accountId } = accounts[0]!;
  await payments.database.query(
    `INSERT INTO top_ups (top_up_id, user_id, account_id, currency, amount, status)
     VALUES ($1, $2, $3, 'EUR', 5, 'pending')`,
    [v7(), leaver.userId, accountId],
  );
  await assert.rejects(close(leaver), refusal('top_up_pending'));
  const operator = { caller: await payments.callerWith(v7(), ['ops']) };
  await payments.client.FreezeAccount({ accountId, reason: 'a question is open' }, operator);
  await assert.rejects(close(leaver), refusal('account_frozen'));
});

test('money that may be on its way back to a card keeps them open', async () => {
  const leaver = await payments.customer('leaver');
  const { accounts } = await payments.client.ListAccounts({}, { caller: leaver.caller });
  await payments.database.query(
    `WITH top_up AS (
       INSERT INTO top_ups (top_up_id, user_id, account_id, currency, amount, status)
       VALUES (uuidv7(), $1, $2, 'EUR', 5, 'failed') RETURNING top_up_id)
     INSERT INTO card_top_ups (top_up_id, card_token, state, next_attempt_at, charge_before)
     SELECT top_up_id, 'card', 'needs_attention', now(), now() FROM top_up`,
    [leaver.userId, accounts[0]!.accountId],
  );
  await assert.rejects(close(leaver), refusal('top_up_pending'));
  const tokens = () =>
    payments.database.query(
      'SELECT card_token FROM card_top_ups JOIN top_ups USING (top_up_id) WHERE user_id = $1',
      [leaver.userId],
    );
  assert.deepEqual(await tokens(), [{ card_token: 'card' }]);
  // Somebody has found out that the card was never charged.
  await payments.database.query(
    "UPDATE card_top_ups SET state = 'failed' WHERE state = 'needs_attention'",
  );
  assert.deepEqual(await tokens(), [{ card_token: null }]);
  await close(leaver);
});

test('a card that may still be charged has a token, whatever a statement says', async () => {
  const payer = await payments.customer('payer');
  const { accounts } = await payments.client.ListAccounts({}, { caller: payer.caller });
  const charging = `
    WITH top_up AS (
      INSERT INTO top_ups (top_up_id, user_id, account_id, currency, amount, status)
      VALUES (uuidv7(), $1, $2, 'EUR', 5, 'pending') RETURNING top_up_id)
    INSERT INTO card_top_ups (top_up_id, card_token, next_attempt_at, charge_before)
    SELECT top_up_id, $3, now() + interval '1 hour', now() FROM top_up`;
  await assert.rejects(
    payments.database.query(charging, [payer.userId, accounts[0]!.accountId, null]),
    { code: '23514' },
  );
});

test('who has left is unknown to payers, and can neither pay, top up nor be refunded', async () => {
  const leaver = await payments.customer('leaver');
  await leaver.topUp(40);
  const paymentId = await leaver.pay(ada.handle, 40);
  await close(leaver);
  await assert.rejects(ada.pay(leaver.handle, 1), refusal('unknown_payee'));
  await assert.rejects(ada.hold(leaver.handle, 1), refusal('unknown_payee'));
  await assert.rejects(ada.pay(`deleted:${leaver.userId}`, 1), refusal('unknown_payee'));
  await assert.rejects(leaver.pay(ada.handle, 1), refusal('account_not_usable'));
  await assert.rejects(leaver.topUp(1), refusal('account_not_usable'));
  await assert.rejects(ada.refund(paymentId), refusal('account_not_usable'));
  const open = (currency: string) =>
    payments.client.OpenAccount({ currency }, { caller: leaver.caller });
  await assert.rejects(open('GBP'), refusal('account_not_open'));
});

test('payments of who has left stay, under a name that tells nothing; so do their statements', async () => {
  const leaver = await payments.customer('leaver');
  await leaver.topUp(40);
  const key = randomUUID();
  const paymentId = await leaver.pay(ada.handle, 40, key);
  await close(leaver);
  const read = () => payments.client.GetPayment({ paymentId }, { caller: ada.caller });
  const { payment } = await read();
  assert.deepEqual([payment?.fromHandle, payment?.toHandle], ['deleted_user', ada.handle]);
  assert.equal(await leaver.pay(ada.handle, 40, key), paymentId);
  assert.deepEqual(
    (await leaver.statement()).map(({ amount }) => amount),
    [40, -40],
  );
});

test('who leaves while their sign-up is under way gets no account afterwards', async () => {
  const user = { userId: v7(), handle: `hasty_${randomUUID().slice(0, 8)}` };
  const caller = await payments.callerWith(user.userId, ['payments:write', 'accounts:read']);
  await close({ caller });
  const next = await payments.customer('next');
  await payments.announce(user);
  const applied = async () =>
    (await payments.database.query('SELECT FROM outbox WHERE key = $1', [user.userId])).length ===
    0;
  await waitFor(applied, { description: 'the event to be sent' });
  // The same partitions are read in order; somebody of each has an account once these have been read.
  await Promise.all(Array.from({ length: 6 }, () => payments.customer('later')));
  assert.deepEqual((await payments.client.ListAccounts({}, { caller })).accounts, []);
  await assert.rejects(next.pay(user.handle, 1), refusal('unknown_payee'));
});

test('a payment that races the closing comes before it or not at all', async () => {
  for (let round = 0; round < 12; round += 1) {
    const leaver = await payments.customer('leaver');
    const [closed, ...paid] = await Promise.allSettled([
      close(leaver),
      ...Array.from({ length: 4 }, () => ada.pay(leaver.handle, 1)),
    ]);
    const arrived = paid.filter(({ status }) => status === 'fulfilled').length;
    for (const each of paid) {
      if (each.status === 'rejected') assert.ok(refusal('unknown_payee')(each.reason));
    }
    if (closed.status === 'rejected') assert.ok(refusal('account_not_empty')(closed.reason));
    assert.equal(closed.status === 'fulfilled', arrived === 0, `${arrived} arrived`);
    assert.equal(await leaver.balance(), BigInt(arrived));
  }
});

test('accounts that are opened while they are closed are closed with the others, or not opened', async () => {
  for (let round = 0; round < 12; round += 1) {
    const leaver = await payments.customer('leaver');
    const currencies = ['JPY', 'USD', 'GBP'];
    await Promise.allSettled([
      ...currencies.map((currency) =>
        payments.client.OpenAccount({ currency }, { caller: leaver.caller }),
      ),
      close(leaver),
    ]);
    assert.deepEqual([...new Set(await statusesOf(leaver))], ['ACCOUNT_STATUS_CLOSED']);
  }
});

test('of many who ask at once one closes; all are told the same, and it is announced once', async () => {
  const leaver = await payments.customer('leaver');
  await payments.broker.restart(async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => close(leaver)));
    assert.equal(new Set(answers.map(({ closedAt }) => JSON.stringify(closedAt))).size, 1);
    assert.equal((await announcedOf(leaver.userId)).length, 1);
  });
});

test('no statement brings money to a closed account, or opens it again', async () => {
  const leaver = await payments.customer('leaver');
  await close(leaver);
  const { accounts } = await payments.client.ListAccounts({}, { caller: leaver.caller });
  const { accountId } = accounts[0]!;
  const { database } = payments;
  await assert.rejects(
    database.query(
      `INSERT INTO transfers (transfer_id, debit_account_id, credit_account_id, currency, amount, kind, reference_id,
         description)
       SELECT uuidv7(), account_id, $1, 'EUR', 1, 'top_up', uuidv7(), '' FROM accounts
       WHERE system_name = 'funding' AND currency = 'EUR'`,
      [accountId],
    ),
    /closed_is_empty/,
  );
  await assert.rejects(
    database.query("UPDATE accounts SET status = 'open' WHERE account_id = $1", [accountId]),
    /closed for good/,
  );
});

test('another scope does not do, and after all of this the audit finds nothing', async () => {
  const caller = await payments.callerWith(v7(), ['accounts:read']);
  await assert.rejects(close({ caller }), refusal('forbidden'));
  assert.deepEqual(await payments.audit(), []);
});
