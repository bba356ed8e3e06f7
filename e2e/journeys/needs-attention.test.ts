// Card top-ups that the service gives up: an operator sees them, tries again, and each ends with the money in one place.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { RunningSystem } from '@quayside/dev';
import { waitFor } from '@quayside/testing';
import { auditLedger } from '../audit';
import { call, cardToken, expectStatus, signUp, type Customer } from '../customer';
import { signInAs, type Tokens } from '../operator';
import { startTemporarySystem } from '../temporary';

const cards = { noAnswer: '4000000000001026', refundFailsAtFirst: '4000000000001075' };

interface GivenUp {
  topUp: { topUpId: string; status: string };
  userId: string;
  accountId: string;
  reason: string;
  chargeId: string | null;
}

let system: RunningSystem;
let admin: Tokens;
before(async () => {
  system = await startTemporarySystem({
    // As many tries as the refund of that card fails.
    CARD_ATTEMPTS_MAX: '2',
    CARD_RETRY_MS: '200',
    CARD_PROCESSOR_TIMEOUT_MS: '3000',
    CARD_CHARGE_WITHIN_MS: '15000',
    CARD_CLOCK_MARGIN_MS: '1000',
    TOP_UP_WAIT_MS: '200',
  });
  admin = await signInAs(system, 'admin');
});
after(() => system.stop());

const read = <Body>(path: string) =>
  call<Body>(system.gatewayUrl, `/api/v1/admin/${path}`, { token: admin.accessToken });

const act = (path: string) =>
  call(system.gatewayUrl, `/api/v1/admin/${path}`, {
    method: 'POST',
    body: { reason: 'Ticket 4712' },
    token: admin.accessToken,
  });

const resume = (topUpId: string) => act(`top-ups/${topUpId}/resume`);

async function givenUp(): Promise<GivenUp[]> {
  const answer = await read<{ items: GivenUp[]; total: number }>('top-ups/needing-attention');
  const { items, total } = expectStatus(answer, 200);
  assert.equal(total, items.length);
  return items;
}

const seen = (topUpId: string) =>
  waitFor(async () => (await givenUp()).find(({ topUp }) => topUp.topUpId === topUpId), {
    timeoutMs: 60_000,
    description: `the top-up ${topUpId} in the operators' list`,
  });

/** What alerts look at: payments counts every ten seconds. */
const countedAs = (count: number) =>
  waitFor(
    async () => {
      const metrics = await fetch(new URL('/metrics', system.adminUrls.payments));
      return (await metrics.text()).includes(`\npayments_top_ups_needing_attention ${count}\n`);
    },
    { timeoutMs: 30_000, description: `${count} in the metric of top-ups that need attention` },
  );

async function topUpOf(person: Customer, topUpId: string) {
  const answer = await person.get<{ status: string; failureReason: string | null }>(
    `/api/v1/top-ups/${topUpId}`,
  );
  const { status, failureReason } = expectStatus(answer, 200);
  return [status, failureReason];
}

/** Waits for the end of a top-up of which nothing came, and looks that all of it is right. */
async function failed(person: Customer, topUpId: string, reason: string): Promise<void> {
  await waitFor(async () => (await topUpOf(person, topUpId))[0] === 'failed', {
    timeoutMs: 30_000,
    description: `the end of the top-up ${topUpId}`,
  });
  assert.deepEqual(await topUpOf(person, topUpId), ['failed', reason]);
  assert.deepEqual(await person.statement(), []);
  assert.deepEqual(await givenUp(), []);
  // The processor's own list of charges and refunds is a part of the audit.
  assert.deepEqual(await auditLedger(system), []);
  await countedAs(0);
}

test('a refund that keeps failing waits for an operator, and is made once when it is tried again', async () => {
  const person = await signUp(system.gatewayUrl, 'gina');
  const { accountId } = await person.account();
  const token = await cardToken(system.cardProcessorUrl, cards.refundFailsAtFirst);
  system.kill('card-processor', 'SIGSTOP');
  let topUpId: string;
  try {
    // It has begun, so the account is frozen too late to refuse it and too early to be credited.
    ({ topUpId } = expectStatus(await person.topUp('4200', undefined, token), 202));
    expectStatus(await act(`accounts/${accountId}/freeze`), 200);
  } finally {
    system.kill('card-processor', 'SIGCONT');
  }
  const found = await seen(topUpId);
  assert.equal(found.reason, 'refund_unanswered');
  assert.equal(found.userId, person.userId);
  assert.equal(found.accountId, accountId);
  assert.match(found.chargeId ?? '', /^ch_/);
  assert.deepEqual(await topUpOf(person, topUpId), ['pending', null]);
  const findings = await auditLedger(system);
  assert.deepEqual(
    findings.map(({ check, row }) => [check, row.top_up_id, row.problem]),
    [['card-top-ups-waiting', topUpId, 'needs a person']],
  );
  await countedAs(1);

  expectStatus(await resume(topUpId), 204);
  await failed(person, topUpId, 'credit_refused');
  assert.equal((await resume(topUpId)).status, 422);
  const log = await read<{ items: { action: string; subjectTopUpId: string | null }[] }>(
    'audit-log',
  );
  assert.ok(
    expectStatus(log, 200).items.some(
      ({ action, subjectTopUpId }) => action === 'resume_top_up' && subjectTopUpId === topUpId,
    ),
  );
});

test('a charge that is never answered waits for an operator, and ends once it is sure that there is none', async () => {
  const person = await signUp(system.gatewayUrl, 'hugo');
  const token = await cardToken(system.cardProcessorUrl, cards.noAnswer);
  const { topUpId } = expectStatus(await person.topUp('4300', undefined, token), 202);
  const { reason, chargeId } = await seen(topUpId);
  assert.deepEqual([reason, chargeId], ['charge_unanswered', null]);
  // Too early it is given up once more: the processor may still charge the card.
  await waitFor(
    async () => {
      if ((await givenUp()).length > 0) expectStatus(await resume(topUpId), 204);
      return (await topUpOf(person, topUpId))[0] === 'failed';
    },
    { timeoutMs: 60_000, intervalMs: 500, description: 'an end of the top-up' },
  );
  await failed(person, topUpId, 'not_charged');
});
