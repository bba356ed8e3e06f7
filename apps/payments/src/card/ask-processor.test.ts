import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CardTopUp, Fact } from '../domain/card-top-up';
import { askProcessor } from './ask-processor';
import type { CardProcessor } from './processor';

/** Asks a processor that has nothing and is too late for everything, so long after the last moment of a charge. */
async function askedAfter(lateMs: number): Promise<[Fact | undefined, string[]]> {
  const asked: string[] = [];
  const processor: CardProcessor = {
    charge: () => {
      asked.push('charge');
      return Promise.resolve('refused');
    },
    findCharge: () => {
      asked.push('find');
      return Promise.resolve(undefined);
    },
    refund: () => Promise.reject(new Error('nothing to refund')),
    list: () => Promise.reject(new Error('nothing to list')),
    close: () => undefined,
  };
  const saga: CardTopUp = {
    ...{ topUpId: 't', userId: 'u', accountId: 'a', currency: 'EUR', amount: 10n },
    ...{ status: 'pending', state: 'charging', version: 1n, attempts: 2, reason: '', trace: {} },
    ...{ cardToken: 'tok', chargeId: null, refundId: null },
    chargeBefore: new Date(Date.now() - lateMs),
  };
  const patience = { clockMarginMs: 30_000, attemptsMax: 3 };
  return [await askProcessor(processor, saga, patience), asked];
}

test('in time it is looked for, then charged; a refusal is the fault of the card', async () => {
  const refused = { kind: 'not_charged', reason: 'card_declined' };
  assert.deepEqual(await askedAfter(-60_000), [refused, ['find', 'charge']]);
});

test('after the last moment it is looked for only, until it is sure that nothing was charged', async () => {
  assert.deepEqual(await askedAfter(10_000), [undefined, ['find']]);
  const nothing = { kind: 'not_charged', reason: 'not_charged' };
  assert.deepEqual(await askedAfter(40_000), [nothing, ['find']]);
});
