// Any order of steps, by two workers, of webhooks, lost answers, crashes and leases that run out: a card that is charged
// is credited once, or its money goes back once. Against the real database; only the processor is in memory.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { toTimestamp } from '@quayside/contracts';
import { openDatabase, type Database } from '@quayside/database';
import { testDatabase, waitFor, type TestDatabase } from '@quayside/testing';
import fc from 'fast-check';
import { v7 } from 'uuid';
import { readChecks } from '../src/audit/checks';
import { recordFact } from '../src/card/record-fact';
import { takeStep, type CardWorkerOptions } from '../src/card/worker';
import { isOpen, type CardTopUp } from '../src/domain/card-top-up';
import { recordProcessorEvent } from '../src/rpc/processor-events';
import { claimCardTopUps, findCardTopUp, insertCardTopUp } from '../src/store/card-top-ups';
import { insertTopUp } from '../src/store/top-ups';
import { Died, fakeProcessor, type Trouble } from './fake-processor';
import { migrations } from './fixture';

const LEASE_MS = 60_000;

let stored: TestDatabase;
let database: Database;
let owner: Database;
before(async () => {
  stored = await testDatabase('payments', migrations);
  database = openDatabase({ url: stored.url, applicationName: 'test', max: 4 });
  owner = openDatabase({ url: stored.ownerUrl, applicationName: 'test', max: 1 });
});
after(async () => {
  await Promise.all([database.close(), owner.close()]);
  await stored.drop();
});

type Move =
  | { kind: 'claim' | 'step' | 'die'; worker: 0 | 1 }
  | { kind: 'trouble'; trouble: Trouble }
  | { kind: 'webhook'; type: 'charge.pending' | 'charge' | 'refund.succeeded'; again: boolean }
  | { kind: 'lease ends' | 'deadline passes' | 'account freezes' | 'account opens' };

const worker = fc.constantFrom<0 | 1>(0, 1);
const work = fc.record({
  kind: fc.constantFrom<'claim' | 'step' | 'die'>('claim', 'claim', 'step', 'step', 'step', 'die'),
  worker,
});
const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 4, arbitrary: work },
  fc.record({
    kind: fc.constant('trouble' as const),
    trouble: fc.constantFrom<Trouble>('lost on the way', 'answer lost', 'caller dies'),
  }),
  fc.record({
    kind: fc.constant('webhook' as const),
    type: fc.constantFrom('charge.pending', 'charge', 'refund.succeeded'),
    again: fc.boolean(),
  }),
  fc.record({
    kind: fc.constantFrom(
      'lease ends',
      'lease ends',
      'deadline passes',
      'account freezes',
      'account opens',
    ),
  }),
);

async function begin() {
  const [userId, accountId, topUpId] = [v7(), v7(), v7()];
  await database.transaction(async (tx) => {
    await tx.query('INSERT INTO handles (user_id, handle) VALUES ($1, $2)', [userId, userId]);
    await tx.query("INSERT INTO accounts (account_id, user_id, currency) VALUES ($1, $2, 'EUR')", [
      accountId,
      userId,
    ]);
    const topUp = { topUpId, currency: 'EUR', amount: 1000n, createdAt: new Date(), reason: '' };
    insertTopUp(tx, { ...topUp, status: 'pending' }, { userId, accountId });
    const terms = { leaseMs: 0, chargeWithinMs: 60_000, trace: {} };
    insertCardTopUp(tx, { topUpId, cardToken: 'tok', ...terms });
  });
  return { userId, accountId, topUpId };
}

interface End {
  state: string;
  status: string;
  credits: bigint;
  balance: bigint;
}

async function endOf(topUpId: string): Promise<End> {
  const [row] = await database.query<End>(
    `SELECT state, top_ups.status, balance,
       (SELECT count(*) FROM entries JOIN transfers USING (transfer_id) WHERE reference_id = top_up_id) AS credits
     FROM card_top_ups JOIN top_ups USING (top_up_id) JOIN accounts USING (account_id) WHERE top_up_id = $1`,
    [topUpId],
  );
  return row!;
}

const makeDue = (topUpId: string) =>
  owner.query('UPDATE card_top_ups SET next_attempt_at = now() WHERE top_up_id = $1', [topUpId]);

/** Plays one history, then lets everything settle. */
async function play(moves: readonly Move[], declined: boolean) {
  const { accountId, topUpId } = await begin();
  const { processor, charges, refunds, meet } = fakeProcessor({ declines: () => declined });
  const options: CardWorkerOptions = {
    ...{ database, processor, leaseMs: LEASE_MS, retryMs: 0 },
    ...{ clockMarginMs: 0, attemptsMax: 1_000 },
  };
  const hands: [CardTopUp | undefined, CardTopUp | undefined] = [undefined, undefined];
  const told = new Map<string, string>();

  async function step(which: 0 | 1): Promise<void> {
    const saga = hands[which];
    if (!saga) return;
    try {
      const next = await takeStep(options, saga);
      hands[which] = next && isOpen(next.state) ? next : undefined;
    } catch (error) {
      if (!(error instanceof Died)) throw error;
      hands[which] = undefined;
    }
  }

  async function webhook(kind: string, again: boolean): Promise<void> {
    const charge = charges.get(topUpId);
    const refund = refunds.get(`${topUpId}-refund`);
    // Only what has happened is told, in whatever order.
    if (!charge || (kind === 'refund.succeeded' && !refund)) return;
    const type = kind === 'charge' ? `charge.${charge.status}` : kind;
    const eventId = (again && told.get(type)) || randomUUID();
    told.set(type, eventId);
    await recordProcessorEvent(
      { database, cards: undefined },
      {
        ...{ eventId, type, chargeId: charge.chargeId, chargeKey: topUpId },
        refundId: kind === 'refund.succeeded' ? (refund?.refundId ?? '') : '',
        amount: { amount: charge.amount, currency: charge.currency },
        occurredAt: toTimestamp(new Date()),
      },
      { deadline: new Date(Date.now() + 10_000) } as never,
    );
  }

  for (const one of moves) {
    if (one.kind === 'claim') {
      [hands[one.worker] = hands[one.worker]] = await claimCardTopUps(database, {
        ...{ limit: 1, leaseMs: LEASE_MS, topUpId },
      });
    } else if (one.kind === 'step') await step(one.worker);
    else if (one.kind === 'die') hands[one.worker] = undefined;
    else if (one.kind === 'trouble') meet(one.trouble);
    else if (one.kind === 'webhook') await webhook(one.type, one.again);
    else if (one.kind === 'lease ends') await makeDue(topUpId);
    else if (one.kind === 'deadline passes') {
      await owner.query(
        "UPDATE card_top_ups SET charge_before = now() - interval '1 hour' WHERE top_up_id = $1",
        [topUpId],
      );
    } else {
      const status = one.kind === 'account freezes' ? 'frozen' : 'open';
      await owner.query('UPDATE accounts SET status = $2 WHERE account_id = $1', [
        accountId,
        status,
      ]);
    }
    const { credits } = await endOf(topUpId);
    assert.ok(credits <= 1n, 'credited twice');
  }
  meet('none');
  // Whoever is still at it, finishes; then one worker does the rest.
  for (const which of [0, 1] as const) while (hands[which]) await step(which);
  for (let rounds = 0; isOpen((await endOf(topUpId)).state as never); rounds += 1) {
    assert.ok(rounds < 20, 'it comes to an end');
    await makeDue(topUpId);
    [hands[0]] = await claimCardTopUps(database, { limit: 1, leaseMs: LEASE_MS, topUpId });
    while (hands[0]) await step(0);
  }
  await webhook('charge', false);
  return { ...(await endOf(topUpId)), charge: charges.get(topUpId)?.status, refunds: refunds.size };
}

/** A webhook about a top-up, as the service takes it. */
const hear = (topUpId: string, type: string, money = { amount: '1000', currency: 'EUR' }) =>
  recordProcessorEvent(
    { database, cards: undefined },
    {
      ...{ eventId: randomUUID(), type, chargeId: `ch_${topUpId}`, chargeKey: topUpId },
      refundId: type === 'refund.succeeded' ? `re_${topUpId}` : '',
      amount: money,
      occurredAt: toTimestamp(new Date()),
    },
    { deadline: new Date(Date.now() + 10_000) } as never,
  );

test('a webhook that waits for somebody who writes the end goes on from that end', async () => {
  const { topUpId } = await begin();
  const saga = await database.transaction((tx) => findCardTopUp(tx, topUpId));
  const heard = await database.transaction(async (tx) => {
    await recordFact(tx, saga!, { kind: 'not_charged', reason: 'not_charged' }, LEASE_MS);
    const waiting = hear(topUpId, 'charge.succeeded');
    const [row] = await tx.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    await waitFor(async () => {
      const waiters = await owner.query(
        'SELECT FROM pg_locks WHERE NOT granted AND $1 = ANY (pg_blocking_pids(pid))',
        [row!.pid],
      );
      return waiters.length > 0;
    });
    // In an object, for the transaction must end before it can be waited for.
    return { waiting };
  });
  await heard.waiting;
  const { state, status } = await endOf(topUpId);
  assert.deepEqual([state, status], ['refunding', 'failed']);
  await hear(topUpId, 'refund.succeeded');
  const announced = await database.query('SELECT type FROM outbox WHERE key = $1', [topUpId]);
  assert.deepEqual(announced, [{ type: 'quayside.payments.v1.TopUpFailed' }]);
});

test('who takes up a top-up that failed and was charged after all meanwhile knows that it failed', async () => {
  const { topUpId } = await begin();
  const gate = 4711;
  // A claim stops at the gate: it has begun, and locked nothing as yet.
  await owner.query(
    `CREATE FUNCTION pass(gate int) RETURNS boolean LANGUAGE sql VOLATILE
     AS 'SELECT true FROM pg_advisory_xact_lock_shared(gate)'`,
  );
  await owner.query(`CREATE POLICY stop ON card_top_ups USING (pass(${gate}))`);
  const keeper = await database.session({ name: 'keeper of the gate' });
  await keeper.query('SELECT pg_advisory_lock($1)', [gate]);
  await owner.query('ALTER TABLE card_top_ups ENABLE ROW LEVEL SECURITY');
  try {
    const claim = claimCardTopUps(database, { limit: 1, leaseMs: LEASE_MS, topUpId });
    await waitFor(async () => {
      const waiting = await owner.query(
        "SELECT FROM pg_locks WHERE locktype = 'advisory' AND objid = $1 AND NOT granted",
        [gate],
      );
      return waiting.length > 0;
    });
    for (const fact of [
      { kind: 'not_charged', reason: 'not_charged' },
      { kind: 'charged', chargeId: `ch_${topUpId}` },
    ] as const) {
      await owner.transaction(async (tx) => {
        const saga = await findCardTopUp(tx, topUpId, { lock: true });
        await recordFact(tx, saga!, fact, 0);
      });
    }
    await owner.query(
      "UPDATE card_top_ups SET next_attempt_at = now() - interval '1 hour' WHERE top_up_id = $1",
      [topUpId],
    );
    await keeper.query('SELECT pg_advisory_unlock($1)', [gate]);
    const [taken] = await claim;
    assert.deepEqual([taken?.state, taken?.status], ['refunding', 'failed']);
  } finally {
    await keeper.close();
    await owner.query('ALTER TABLE card_top_ups DISABLE ROW LEVEL SECURITY');
    await owner.query('DROP POLICY stop ON card_top_ups');
  }
  await hear(topUpId, 'refund.succeeded');
});

test('who has lost the lease writes nothing, whatever the processor has answered', async () => {
  const { topUpId } = await begin();
  const { processor } = fakeProcessor({ declines: () => false });
  const options = {
    ...{ database, processor, leaseMs: LEASE_MS, retryMs: 0, clockMarginMs: 0, attemptsMax: 9 },
  };
  const claim = async () => {
    const [saga] = await claimCardTopUps(database, { limit: 1, leaseMs: LEASE_MS, topUpId });
    return saga!;
  };
  const slow = await claim();
  await makeDue(topUpId);
  const quick = await claim();
  assert.equal(await takeStep(options, slow), undefined);
  assert.equal((await endOf(topUpId)).state, 'charging');
  const charged = await takeStep(options, quick);
  assert.equal(charged?.state, 'charged');
  assert.equal((await takeStep(options, charged))?.state, 'completed');
});

test('a refund in another currency is not one of the top-up', async () => {
  const { topUpId } = await begin();
  await hear(topUpId, 'refund.succeeded', { amount: '1000', currency: 'JPY' });
  assert.equal((await endOf(topUpId)).state, 'charging');
});

for (const types of [
  ['charge.succeeded', 'refund.succeeded'],
  ['refund.succeeded', 'charge.succeeded'],
] as const) {
  test(`a charge of another amount ends with its refund: ${types.join(', ')}`, async () => {
    const { topUpId } = await begin();
    for (const type of types) await hear(topUpId, type, { amount: '999', currency: 'EUR' });
    const { state, status, credits } = await endOf(topUpId);
    assert.deepEqual([state, status, credits], ['failed', 'failed', 0n]);
  });
}

test('a charge of another amount does not end with a refund of a part of it', async () => {
  const { topUpId } = await begin();
  await hear(topUpId, 'charge.succeeded', { amount: '1500', currency: 'EUR' });
  await hear(topUpId, 'refund.succeeded');
  assert.equal((await endOf(topUpId)).state, 'needs_attention');
  // All of it is an end.
  await hear(topUpId, 'refund.succeeded', { amount: '1500', currency: 'EUR' });
});

const runs = Number(process.env.CARD_HISTORIES ?? 60);

test('every history ends with the money in one place', { timeout: 170_000 }, async (t) => {
  const seed = Number(process.env.CARD_SEED ?? Date.now() % 2 ** 31);
  t.diagnostic(`CARD_SEED=${seed}`);
  await fc.assert(
    fc.asyncProperty(
      fc.array(move, { minLength: 4, maxLength: 20 }),
      fc.boolean(),
      async (moves, declined) => {
        const end = await play(moves, declined);
        const frozen = moves.some(({ kind }) => kind === 'account freezes');
        const late = moves.some(({ kind }) => kind === 'deadline passes');
        if (end.charge !== 'succeeded') {
          assert.deepEqual([end.state, end.credits, end.refunds], ['failed', 0n, 0]);
          assert.ok(declined || late, 'a good card in time is charged');
        } else if (end.state === 'completed') {
          assert.deepEqual(
            [end.status, end.credits, end.balance, end.refunds],
            ['completed', 1n, 1000n, 0],
          );
        } else {
          assert.deepEqual([end.state, end.status, end.credits], ['refunded', 'failed', 0n]);
          assert.equal(end.refunds, 1);
          assert.ok(frozen, 'credited unless the account was frozen');
        }
      },
    ),
    { numRuns: runs, seed },
  );
  for (const { name, sql } of readChecks()) assert.deepEqual(await database.query(sql), [], name);
});
