import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testTokens } from '@quayside/testing';
import { endingBeforeForgotten, takenFor } from './token-lifetime';

const tokens = testTokens();
const verifier = endingBeforeForgotten(tokens.verifier, 660);

test('a token that ends in time is taken as it is', async () => {
  const token = await tokens.userToken({ issuedSecondsAgo: 599, expiresIn: 1 });
  assert.deepEqual(await verifier.verify(token), await tokens.verifier.verify(token));
});

test('one that lives longer ends before the end of its session would be forgotten', async () => {
  const young = await verifier.verify(
    await tokens.userToken({ issuedSecondsAgo: 600, expiresIn: 3000 }),
  );
  assert.equal(young.expiresAt, young.issuedAt + 630);
  const old = await tokens.userToken({ issuedSecondsAgo: 640, expiresIn: 3000 });
  await tokens.verifier.verify(old);
  await assert.rejects(verifier.verify(old), { code: 'unauthenticated', message: /too old/ });
});

test('what is told of a new token is when it ends here, which is not later than by itself', async () => {
  const told = takenFor(660);
  assert.equal(told(600), 600);
  const { issuedAt, expiresAt } = await verifier.verify(
    await tokens.userToken({ expiresIn: 3000 }),
  );
  assert.equal(issuedAt + told(3000), expiresAt);
});
