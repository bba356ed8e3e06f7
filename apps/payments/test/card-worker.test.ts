// What requests are busy with does not keep a worker from taking up what others have left.
import { after, before, test } from 'node:test';
import { openDatabase, type Database } from '@quayside/database';
import { testDatabase, waitFor, type TestDatabase } from '@quayside/testing';
import { v7 } from 'uuid';
import { createCardWorker } from '../src/card/worker';
import type { CardTopUp } from '../src/domain/card-top-up';
import { insertCardTopUp } from '../src/store/card-top-ups';
import { insertTopUp } from '../src/store/top-ups';
import { fakeProcessor } from './fake-processor';
import { migrations } from './fixture';

let stored: TestDatabase;
let database: Database;
before(async () => {
  stored = await testDatabase('payments', migrations);
  database = openDatabase({ url: stored.url, applicationName: 'test', max: 4 });
});
after(async () => {
  await database.close();
  await stored.drop();
});

/** A top-up that is due. */
async function leftBehind(): Promise<string> {
  const [userId, accountId, topUpId] = [v7(), v7(), v7()];
  await database.transaction(async (tx) => {
    await tx.query("INSERT INTO accounts (account_id, user_id, currency) VALUES ($1, $2, 'EUR')", [
      accountId,
      userId,
    ]);
    const topUp = { topUpId, currency: 'EUR', amount: 1000n, createdAt: new Date(), reason: '' };
    insertTopUp(tx, { ...topUp, status: 'pending' }, { userId, accountId });
    insertCardTopUp(tx, {
      ...{ topUpId, cardToken: 'tok', leaseMs: 0, chargeWithinMs: 60_000, trace: {} },
    });
  });
  return topUpId;
}

/** A top-up of a request that is served. */
const served = (): CardTopUp => ({
  ...{ topUpId: v7(), userId: v7(), accountId: v7(), currency: 'EUR', amount: 10n, reason: '' },
  ...{ status: 'pending', state: 'charging', version: 1n, attempts: 1, trace: {} },
  ...{ cardToken: 'tok', chargeId: null, refundId: null },
  chargeBefore: new Date(Date.now() + 60_000),
});

test('many requests that wait for the processor do not starve what is due', async () => {
  const topUpId = await leftBehind();
  const { processor } = fakeProcessor({ declines: () => true });
  let answer: () => void = () => undefined;
  const answered = new Promise<void>((resolve) => (answer = resolve));
  const worker = createCardWorker({
    ...{ database, leaseMs: 60_000, retryMs: 10, clockMarginMs: 0, attemptsMax: 5 },
    processor: {
      ...processor,
      async charge(order) {
        if (order.key !== topUpId) await answered;
        return processor.charge(order);
      },
    },
  });
  for (let count = 0; count < 40; count += 1) void worker.goOn(served());
  try {
    await worker.takeUp();
    await waitFor(async () => {
      const [row] = await database.query<{ state: string }>(
        'SELECT state FROM card_top_ups WHERE top_up_id = $1',
        [topUpId],
      );
      return row?.state === 'failed';
    });
  } finally {
    answer();
    await worker.idle();
  }
});
