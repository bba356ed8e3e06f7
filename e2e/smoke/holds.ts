import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { call, expectStatus, type Customer, type Payment } from '../customer';
import { known, type Step, type Walk } from './step';

const eur = (amount: string) => ({ amount, currency: 'EUR' });

const post = ({ gatewayUrl }: Walk, { token }: Customer, path: string, body: unknown) =>
  call<Payment>(gatewayUrl, `/api/v1/payments${path}`, {
    ...{ method: 'POST', body, token },
    headers: { 'idempotency-key': randomUUID() },
  });

/** How much less the balance, and what may be spent of it, have become while something was done. */
async function spentWhile(customer: Customer, act: () => Promise<void>): Promise<[number, number]> {
  const before = await customer.account();
  await act();
  const after = await customer.account();
  return [
    Number(before.balance.amount) - Number(after.balance.amount),
    Number(before.available.amount) - Number(after.available.amount),
  ];
}

/** Alice sets money aside for Bob, who then does something about it. */
function hold(name: string, amount: string, decide: (walk: Walk, id: string) => Promise<number>) {
  return {
    name,
    run: async (walk: Walk) => {
      const alice = known(walk.alice, 'Alice');
      const order = { toHandle: known(walk.bob, 'Bob').handle, amount: eur(amount) };
      let id = '';
      const held = await spentWhile(alice, async () => {
        const answer = await post(walk, alice, '', { ...order, capture: false });
        const payment = expectStatus(answer, 201);
        assert.equal(payment.status, 'authorized');
        id = payment.paymentId;
      });
      assert.deepEqual(
        held,
        [0, Number(amount)],
        'money set aside is still there, not to be spent',
      );
      let taken = 0;
      const [spent, free] = await spentWhile(alice, async () => {
        taken = await decide(walk, id);
      });
      assert.deepEqual([spent, free], [taken, taken - Number(amount)]);
    },
  } satisfies Step;
}

/** A part of what was set aside is taken, the rest is released. */
export const capturedHold = hold(
  'money is set aside, and a part of it is taken',
  '1000',
  async (walk, id) => {
    const bob = known(walk.bob, 'Bob');
    const captured = await post(walk, bob, `/${id}/capture`, { amount: eur('600') });
    assert.equal(expectStatus(captured, 201).status, 'completed');
    return 600;
  },
);

/** All of what was set aside is released. */
export const voidedHold = hold('money is set aside, and given up', '500', async (walk, id) => {
  const voided = await post(walk, known(walk.bob, 'Bob'), `/${id}/void`, {});
  assert.equal(expectStatus(voided, 201).status, 'voided');
  return 0;
});
