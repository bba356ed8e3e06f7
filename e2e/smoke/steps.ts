import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { call, expectStatus, signUp, type Activity, type Customer, type Page } from '../customer';
import { cardTopUp, unknownCard } from './cards';
import { capturedHold, voidedHold } from './holds';
import { openLiveStream } from './live';
import { eventually, known, type Step } from './step';
import { stepUp } from './step-up';

const balanceOf = async (one: Customer | undefined, name: string) =>
  (await known(one, name).account()).balance.amount;

/** The main job through the public API, and every part of the system with it: gRPC, databases, outbox, Kafka. */
export const steps: Step[] = [
  {
    name: 'the documentation and the public keys are served',
    run: async ({ gatewayUrl }) => {
      expectStatus(await call(gatewayUrl, '/openapi.json'), 200);
      const keys = await call<{ keys: unknown[] }>(gatewayUrl, '/.well-known/jwks.json');
      assert.ok(expectStatus(keys, 200).keys.length > 0, 'there is no public key');
    },
  },
  {
    name: 'a request without a token is refused',
    run: async ({ gatewayUrl }) => {
      expectStatus(await call(gatewayUrl, '/api/v1/accounts'), 401);
    },
  },
  {
    name: 'two people sign up and get an account',
    run: async (walk) => {
      walk.alice = await signUp(walk.gatewayUrl, 'alice');
      walk.bob = await signUp(walk.gatewayUrl, 'bob');
      for (const one of [walk.alice, walk.bob]) {
        await eventually('the account', async () => {
          const accounts = await one.get<Page<unknown>>('/api/v1/accounts');
          return expectStatus(accounts, 200).items.length > 0;
        });
      }
    },
  },
  {
    name: 'a live stream begins',
    run: async (walk) => {
      walk.live = await openLiveStream(walk.gatewayUrl, known(walk.bob, 'Bob').token);
    },
  },
  {
    name: 'a top-up and a payment move money',
    run: async (walk) => {
      const alice = known(walk.alice, 'Alice');
      expectStatus(await alice.topUp('10000'), 201);
      const key = randomUUID();
      const { handle } = known(walk.bob, 'Bob');
      walk.paymentId = expectStatus(await alice.pay(handle, '2500', key), 201).paymentId;
      const again = expectStatus(await alice.pay(handle, '2500', key), 201);
      assert.equal(again.paymentId, walk.paymentId, 'the same key paid twice');
      assert.equal(await balanceOf(alice, 'Alice'), '7500');
      assert.equal(await balanceOf(walk.bob, 'Bob'), '2500');
    },
  },
  {
    name: 'more than there is, is refused and moves nothing',
    run: async (walk) => {
      const alice = known(walk.alice, 'Alice');
      expectStatus(await alice.pay(known(walk.bob, 'Bob').handle, '999999'), 402);
      assert.equal(await balanceOf(alice, 'Alice'), '7500');
    },
  },
  {
    name: 'a refund gives money back, and the statement adds up',
    run: async (walk) => {
      const paymentId = known(walk.paymentId, 'payment');
      expectStatus(await known(walk.bob, 'Bob').refund(paymentId, '500'), 201);
      assert.equal(await balanceOf(walk.bob, 'Bob'), '2000');
      const lines = await known(walk.alice, 'Alice').statement();
      assert.deepEqual(
        lines.map(({ balanceAfter }) => balanceAfter.amount),
        ['8000', '7500', '10000'],
      );
    },
  },
  {
    name: 'the events arrive in the feed',
    run: async (walk) => {
      const alice = known(walk.alice, 'Alice');
      const ofPayment = ({ paymentId }: Activity) => paymentId === walk.paymentId;
      await eventually('payment and refund in the feed', async () => {
        return (await alice.activity()).filter(ofPayment).length === 2;
      });
    },
  },
  {
    name: 'and on the live stream, each once',
    run: async (walk) => {
      const live = known(walk.live, 'live stream');
      const types = () =>
        live.activities
          .filter(({ paymentId }) => paymentId === known(walk.paymentId, 'payment'))
          .map(({ type }) => type);
      await eventually('payment and refund on the live stream', () => types().length >= 2);
      assert.deepEqual(types(), ['payment_received', 'refund_sent']);
    },
  },
  capturedHold,
  voidedHold,
  unknownCard,
  cardTopUp,
  stepUp,
];
