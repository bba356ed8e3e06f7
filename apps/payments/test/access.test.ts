import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { services } from '@quayside/contracts';
import { walkMethods } from '@quayside/testing';
import { startPayments, type PaymentsFixture } from './fixture';

let payments: PaymentsFixture;
before(async () => (payments = await startPayments()));
after(() => payments.stop());

test('no method takes a caller who is not proven, or is proven to be somebody else', async () => {
  const notRefused = await walkMethods({
    definition: services.payments,
    service: 'payments',
    address: `127.0.0.1:${String(payments.grpcPort)}`,
    tokens: payments.tokens,
    except: [],
  });
  assert.deepEqual(notRefused, []);
});
