import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { services } from '@quayside/contracts';
import { answered, forOperators, refused, unproven, walkAsStranger } from '@quayside/testing';
import { startPayments, type PaymentsFixture, type TestCustomer } from './fixture';

let payments: PaymentsFixture;
before(async () => (payments = await startPayments()));
after(() => payments.stop());

const eur = (amount: string) => ({ amount, currency: 'EUR' });

/** Somebody with everything that can be had: money, a payment made and one to be captured by them, a top-up. */
async function ownerOf(friend: TestCustomer) {
  const { client } = payments;
  const owner = await payments.customer('owner');
  const topUpId = await owner.topUp(500, 'top-up of the owner');
  await friend.topUp(100);
  const paymentId = await owner.pay(friend.handle, 70, 'payment of the owner');
  const holdId = await friend.hold(owner.handle, 50);
  const { caller } = owner;
  const { accounts } = await client.ListAccounts({}, { caller });
  const accountId = accounts[0]!.accountId;
  return {
    ...{ owner, topUpId, paymentId, holdId, accountId },
    look: () =>
      Promise.all([
        client.ListAccounts({}, { caller }),
        client.GetStatement({ accountId, limit: 50 }, { caller }),
        client.GetPayment({ paymentId }, { caller }),
        client.GetPayment({ paymentId: holdId }, { caller }),
        client.GetTopUp({ topUpId }, { caller }),
      ]),
  };
}

test('somebody else’s good token gets nothing of a customer and changes nothing of theirs', async () => {
  const friend = await payments.customer('friend');
  const { owner, accountId, paymentId, holdId, topUpId, look } = await ownerOf(friend);
  const stranger = await payments.customer('stranger');
  const { userId } = owner;
  const idempotencyKey = 'key of the stranger';
  const reason = 'Because I say so';
  const got = await walkAsStranger({
    definition: services.payments,
    address: `127.0.0.1:${String(payments.grpcPort)}`,
    token: stranger.caller.token,
    calls: {
      ListAccounts: answered({}),
      OpenAccount: answered({ currency: 'JPY' }),
      ListAccountsOf: forOperators({ userId }),
      FreezeAccount: forOperators({ accountId, reason }),
      UnfreezeAccount: forOperators({ accountId, reason }),
      GetStatement: refused({ accountId, limit: 10 }),
      // Under the owner's keys: nobody sees the answers of others by guessing those.
      CreateTopUp: answered({ idempotencyKey: 'top-up of the owner', amount: eur('500') }),
      CreatePayment: answered({
        idempotencyKey: 'payment of the owner',
        toHandle: friend.handle,
        amount: eur('500'),
      }),
      GetTopUp: refused({ topUpId }),
      RecordProcessorEvent: unproven({
        ...{ eventId: userId, type: 'charge.failed', chargeKey: topUpId },
        ...{ chargeId: topUpId, refundId: topUpId, amount: eur('500') },
      }),
      ListTopUpsNeedingAttention: forOperators({ limit: 10 }),
      ResumeTopUp: forOperators({ topUpId }),
      GetPayment: refused({ paymentId }),
      CapturePayment: refused({ idempotencyKey, paymentId: holdId }),
      VoidPayment: refused({ idempotencyKey, paymentId: holdId }),
      RefundPayment: refused({ idempotencyKey, paymentId, amount: eur('10') }),
      CloseAccounts: answered({}),
    },
    owned: [userId, accountId, paymentId, holdId, topUpId, owner.handle],
    look,
  });
  assert.deepEqual(got, []);
});
