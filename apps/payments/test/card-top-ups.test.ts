// Each card that the sandbox has, and what becomes of a top-up from it.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { inspect } from 'node:util';
import { waitFor } from '@quayside/testing';
import { cards, startCards, type CardFixture } from './card-fixture';
import { refusal, type TestCustomer } from './fixture';

let fixture: CardFixture;
before(async () => {
  fixture = await startCards();
});
after(() => fixture.stop());

const customer = (name: string) => fixture.payments.customer(name);

/** Waits for the end of a top-up that succeeds, and that it was credited and charged once. */
async function credited(person: TestCustomer, topUpId: string): Promise<void> {
  assert.equal((await fixture.decided(person, topUpId)).status, 'TOP_UP_STATUS_COMPLETED');
  assert.deepEqual(await person.statement(), [{ amount: 1000, balanceAfter: 1000 }]);
  assert.deepEqual(await fixture.atProcessor(topUpId), ['succeeded', 0]);
}

/** Waits for the end of a top-up that fails, and that nothing came of it. */
async function failed(person: TestCustomer, topUpId: string, reason: string): Promise<void> {
  const topUp = await fixture.decided(person, topUpId);
  assert.equal(topUp.status, 'TOP_UP_STATUS_FAILED');
  assert.equal(topUp.failureReason, reason);
  assert.deepEqual(await person.statement(), []);
}

const freeze = async (person: TestCustomer, freeze: boolean) => {
  const caller = await fixture.payments.callerWith(randomUUID(), ['ops']);
  const { client } = fixture.payments;
  const { accounts } = await client.ListAccounts({}, { caller: person.caller });
  const request = { accountId: accounts[0]!.accountId, reason: 'a test' };
  if (freeze) await client.FreezeAccount(request, { caller });
  else await client.UnfreezeAccount(request, { caller });
};

test('approved: the answer is that it is done; the same request again does nothing', async () => {
  const person = await customer('approve');
  const [key, token] = [randomUUID(), await fixture.processor.token(cards.approve)];
  const topUp = await fixture.topUp(person, token, 1000, key);
  assert.equal(topUp.status, 'TOP_UP_STATUS_COMPLETED');
  assert.equal((await fixture.topUp(person, token, 1000, key)).topUpId, topUp.topUpId);
  await credited(person, topUp.topUpId);
});

test('declined: the answer says so', async () => {
  const person = await customer('decline');
  const topUp = await fixture.topUp(person, cards.decline);
  assert.equal(topUp.status, 'TOP_UP_STATUS_FAILED');
  await failed(person, topUp.topUpId, 'card_declined');
  assert.deepEqual(await fixture.atProcessor(topUp.topUpId), ['declined', 0]);
});

test('a token that the processor does not know is a declined card', async () => {
  const person = await customer('unknown');
  const topUp = await fixture.topUp(person, 'tok_made_up');
  await failed(person, topUp.topUpId, 'card_declined');
});

/** Every row of every table of payments, as text. */
async function everyRow(): Promise<string[]> {
  const { owner } = fixture.payments;
  const tables = await owner.query<{ name: string }>(
    "SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public'",
  );
  assert.ok(tables.length > 10);
  const rows = await Promise.all(
    tables.map(({ name }) =>
      owner.query<{ row: string }>(`SELECT to_jsonb(t)::text AS row FROM ${name} AS t`),
    ),
  );
  return rows.flat().map(({ row }) => row);
}

test('the number of a card in the place of its token is refused, not repeated and kept nowhere', async () => {
  const person = await customer('number');
  const sentAs = (card: string) => [card, card.replace(/(.{4})(?=.)/g, '$1 '), `card ${card}`];
  for (const cardToken of [...Object.values(cards).flatMap(sentAs), 'tok_', 'tok_\u0000']) {
    const key = randomUUID();
    await assert.rejects(
      fixture.payments.client.CreateTopUp(
        { idempotencyKey: key, amount: { amount: '1000', currency: 'EUR' }, cardToken },
        { caller: person.caller },
      ),
      (error: Error) =>
        refusal('invalid_request')(error) &&
        !Object.values(cards).some((card) => inspect(error).replaceAll(' ', '').includes(card)),
      cardToken,
    );
    // Nothing was written, the key included: the hash of a number would give it away, there are so few.
    assert.ok(!(await everyRow()).some((row) => row.includes(key)));
  }
  const found = await fixture.payments.owner.query('SELECT FROM top_ups WHERE user_id = $1', [
    person.userId,
  ]);
  assert.deepEqual(found, []);
});

for (const [name, hold] of [
  ['webhooks', false],
  ['no webhook at all', true],
] as const) {
  test(`slow: first pending, then done, with ${name}`, async () => {
    fixture.holdWebhooks(hold);
    const person = await customer('slow');
    const topUp = await fixture.topUp(person, cards.slow);
    await credited(person, topUp.topUpId);
    fixture.holdWebhooks(false);
  });

  test(`answer lost: charged once and credited, with ${name}`, async () => {
    fixture.holdWebhooks(hold);
    const person = await customer('lost');
    const topUp = await fixture.topUp(person, cards.lostAnswer);
    await credited(person, topUp.topUpId);
    fixture.holdWebhooks(false);
  });
}

test('no answer: pending until nothing can be charged any more, then failed', async () => {
  const person = await customer('none');
  const begun = Date.now();
  const topUp = await fixture.topUp(person, cards.noAnswer);
  assert.equal(topUp.status, 'TOP_UP_STATUS_PENDING');
  await failed(person, topUp.topUpId, 'not_charged');
  assert.ok(Date.now() - begun > 1_700, 'not before the deadline and the margin');
  assert.deepEqual(await fixture.atProcessor(topUp.topUpId), [undefined, 0]);
});

for (const card of ['duplicatedWebhook', 'earlyWebhook', 'outOfOrderWebhooks'] as const) {
  test(`${card}: credited once`, async () => {
    const person = await customer('webhook');
    const topUp = await fixture.topUp(person, cards[card]);
    await credited(person, topUp.topUpId);
    await waitFor(() => {
      const mine = fixture.webhooks.filter(({ chargeKey }) => chargeKey === topUp.topUpId);
      return mine.length >= (card === 'duplicatedWebhook' ? 3 : 2);
    });
    await credited(person, topUp.topUpId);
  });
}

test('a webhook that is told again is known; one of nobody is kept; both are for the gateway alone', async () => {
  const person = await customer('again');
  const { topUpId } = await fixture.topUp(person, cards.approve);
  const webhook = await waitFor(() =>
    fixture.webhooks.find(
      ({ chargeKey, type }) => chargeKey === topUpId && type === 'charge.succeeded',
    ),
  );
  await waitFor(() => fixture.deliver(webhook));
  const stranger = { ...webhook, eventId: `evt_${randomUUID()}`, chargeKey: randomUUID() };
  assert.equal(await fixture.deliver(stranger), false);
  assert.equal(await fixture.deliver(stranger), true);
  const { caller } = person;
  await assert.rejects(
    fixture.payments.client.RecordProcessorEvent({}, { caller }),
    refusal('unauthenticated'),
  );
  await credited(person, topUpId);
});

/** Begins a top-up while the processor stands still, and lets something happen before it goes on. */
async function chargedAfter(person: TestCustomer, card: string, happens: () => Promise<void>) {
  const token = await fixture.processor.token(card);
  fixture.processor.pause();
  const answer = fixture.topUp(person, token);
  try {
    await waitFor(async () => {
      const [row] = await fixture.payments.database.query<{ count: bigint }>(
        'SELECT count(*) FROM top_ups WHERE user_id = $1',
        [person.userId],
      );
      return row!.count > 0n;
    });
    await happens();
  } finally {
    fixture.processor.resume();
  }
  return answer;
}

for (const card of ['approve', 'refundFailsAtFirst'] as const) {
  test(`an account that is frozen meanwhile (${card}): the card gets its money back`, async () => {
    const person = await customer('frozen');
    const { topUpId } = await chargedAfter(person, cards[card], () => freeze(person, true));
    await failed(person, topUpId, 'credit_refused');
    assert.deepEqual(await fixture.atProcessor(topUpId), ['succeeded', 1]);
    assert.equal((await fixture.saga(topUpId)).state, 'refunded');
  });
}

test('an account that is closed meanwhile: the same', async () => {
  const person = await customer('closed');
  // Nobody can close it while its top-up is pending; should it happen all the same, no money may be lost.
  const { topUpId } = await chargedAfter(person, cards.approve, async () => {
    await fixture.payments.owner.query('INSERT INTO closures (user_id) VALUES ($1)', [
      person.userId,
    ]);
    await fixture.payments.owner.query("UPDATE accounts SET status = 'closed' WHERE user_id = $1", [
      person.userId,
    ]);
  });
  await failed(person, topUpId, 'credit_refused');
  assert.deepEqual(await fixture.atProcessor(topUpId), ['succeeded', 1]);
});

test('a frozen account does not even begin', async () => {
  const person = await customer('cold');
  await freeze(person, true);
  await assert.rejects(fixture.topUp(person, cards.approve), refusal('account_frozen'));
});

test('charged after we had concluded that it was not: the card gets its money back', async () => {
  const person = await customer('late');
  const topUp = await fixture.topUp(person, cards.noAnswer);
  await failed(person, topUp.topUpId, 'not_charged');
  // A processor that breaks its word: the charge is there after all, and a webhook says so.
  const token = await fixture.processor.token(cards.approve);
  fixture.holdWebhooks(false);
  const charge = await fixture.processor.ask('/v1/charges', {
    method: 'POST',
    headers: { 'idempotency-key': topUp.topUpId },
    body: JSON.stringify({ token, amount: '1000', currency: 'EUR' }),
  });
  assert.equal(charge.status, 201);
  await waitFor(async () => (await fixture.saga(topUp.topUpId)).state === 'refunded', {
    timeoutMs: 10_000,
  });
  await failed(person, topUp.topUpId, 'credit_refused');
  assert.deepEqual(await fixture.atProcessor(topUp.topUpId), ['succeeded', 1]);
});

test('a processor that is killed under way: what it has charged is credited, once', async () => {
  const people = await Promise.all(Array.from({ length: 6 }, (_, index) => customer(`k${index}`)));
  const token = await fixture.processor.token(cards.approve);
  const answers = people.map((person) => fixture.topUp(person, token));
  await fixture.processor.killAndRestart();
  for (const [index, person] of people.entries()) {
    const topUp = await fixture.decided(person, (await answers[index]!).topUpId);
    const [status] = await fixture.atProcessor(topUp.topUpId);
    assert.equal(topUp.status === 'TOP_UP_STATUS_COMPLETED', status === 'succeeded');
  }
});

test('two replicas work on the same top-ups, and each is done once', async () => {
  const other = await fixture.payments.replica();
  const people = await Promise.all(Array.from({ length: 8 }, (_, index) => customer(`r${index}`)));
  const all = [cards.approve, cards.slow, cards.lostAnswer, cards.duplicatedWebhook];
  const begun = await Promise.all(
    people.map((person, index) => fixture.topUp(person, all[index % all.length]!)),
  );
  // Whoever had a lease has lost it, over and over.
  const expire = setInterval(() => {
    void fixture.payments.owner.query(
      "UPDATE card_top_ups SET next_attempt_at = now() WHERE state IN ('charging', 'charged')",
    );
  }, 30);
  await Promise.all(people.map((person, index) => credited(person, begun[index]!.topUpId)));
  clearInterval(expire);
  await other.stop();
});

test('after all that every cent is where it must be', async () => {
  await waitFor(async () => {
    const open = await fixture.payments.database.query(
      "SELECT FROM card_top_ups WHERE state IN ('charging', 'charged', 'refunding')",
    );
    return open.length === 0;
  });
  assert.deepEqual(await fixture.payments.audit(), []);
});

test('no card number is in any table, nor a token once its top-up has ended', async () => {
  const rows = await everyRow();
  assert.ok(rows.length > 20);
  for (const secret of [...Object.values(cards), 'tok_']) {
    const found = rows.filter((row) => row.replaceAll(' ', '').includes(secret));
    assert.deepEqual(found, [], secret);
  }
});
