// SIGTERM of each service under load: every request whose headers had arrived gets its own answer, and what was
// accepted is in the ledger, once. kill -9, of PostgreSQL too, may cost answers, never money.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { RunningSystem } from '@quayside/dev';
import { waitFor } from '@quayside/testing';
import { auditLedger } from '../audit';
import { expectStatus, newPerson, signUp, type Customer } from '../customer';
import {
  isAccepted,
  lookUps,
  payments,
  renamings,
  send,
  sessions,
  startLoad,
  type Sent,
  type Source,
} from '../load';
import { startTemporarySystem } from '../temporary';

let system: RunningSystem;
let payer: Customer;
let payee: Customer;
/** Load that the service of the name has to answer, and the kinds of requests in it. */
let loads: Record<
  'payments' | 'users' | 'auth' | 'gateway',
  { kinds: string[]; sources: Source[] }
>;

before(async () => {
  system = await startTemporarySystem();
  const signer = newPerson('vera');
  payer = await signUp(system.gatewayUrl, 'rosa');
  payee = await signUp(system.gatewayUrl, 'sam');
  const vera = await signUp(system.gatewayUrl, 'vera', signer);
  expectStatus(await payer.topUp('1000000'), 201);
  const pay = payments(payer, payee);
  const find = lookUps(payer, [payee, payer, vera]);
  const signIn = sessions(vera, signer.password);
  loads = {
    payments: { kinds: ['payment'], sources: [pay] },
    users: { kinds: ['look-up', 'renaming', 'payment'], sources: [find, renamings(vera), pay] },
    auth: { kinds: ['login', 'refresh', 'payment'], sources: [signIn, pay] },
    gateway: {
      kinds: ['payment', 'look-up', 'login', 'refresh'],
      sources: [pay, find, pay, signIn],
    },
  };
});
after(async () => {
  await system.stop();
});

/** Each kind of request was done so often before the disturbance, and again after it. */
const ENOUGH = 20;

async function sentWhile(name: keyof typeof loads, disturb: () => Promise<void>): Promise<Sent[]> {
  const { kinds, sources } = loads[name];
  const load = startLoad({ gatewayUrl: system.gatewayUrl, sources, clients: 8 });
  const done = (kind: string, from: number) =>
    load.sent.slice(from).filter((sent) => sent.request.kind === kind && isAccepted(sent)).length;
  const eachKindSince = (from: number, description: string) =>
    waitFor(() => kinds.every((kind) => done(kind, from) > ENOUGH), {
      timeoutMs: 60_000,
      description,
    });
  await eachKindSince(0, 'the load to run');
  await disturb();
  await eachKindSince(load.sent.length, 'every kind of request to be done again');
  return load.stop();
}

/** What can be shown of a request: its tokens cannot. */
const shown = ({ request, status, error }: Sent) => ({ kind: request.kind, status, error });

function everyAnswerIsItsOwn(sent: Sent[]): void {
  const foreign = sent.filter((one) => isAccepted(one) && !one.request.isAnswer(one.body));
  assert.deepEqual(foreign.map(shown), []);
}

const paymentsAmong = (sent: Sent[]) => sent.filter(({ request }) => request.kind === 'payment');

const isRefused = (one: Sent) => !isAccepted(one);

/** What may be sent twice: payments have a key, and look-ups change nothing. */
const isRepeatable = ({ request }: Sent) => ['payment', 'look-up'].includes(request.kind);

/** Sends what was not done and may be repeated again, payments with their keys: afterwards each payment is decided. */
async function settle(sent: Sent[]): Promise<Sent[]> {
  const again = sent.filter((one) => isRepeatable(one) && isRefused(one));
  const settled: Sent[] = [];
  const one = async () => {
    for (let next = again.pop(); next !== undefined; next = again.pop()) {
      settled.push(await send(system.gatewayUrl, next.request));
    }
  };
  await Promise.all(Array.from({ length: 8 }, one));
  assert.deepEqual(settled.filter(isRefused).map(shown), []);
  everyAnswerIsItsOwn(settled);
  return [...paymentsAmong(sent).filter(isAccepted), ...paymentsAmong(settled)];
}

/** How often each payment is in somebody's statement, by its description, which is its key. */
async function entriesOf(person: Customer): Promise<Map<string, string[]>> {
  const entries = new Map<string, string[]>();
  for (const { description, paymentId } of await person.statement()) {
    entries.set(description, [...(entries.get(description) ?? []), paymentId ?? '']);
  }
  return entries;
}

async function everyCentIsThere(sent: Sent[]): Promise<void> {
  const statements = [await entriesOf(payer), await entriesOf(payee)];
  const wrong = paymentsAmong(sent).filter((one) => {
    const { paymentId } = { paymentId: '', ...(one.body as object | undefined) };
    const booked = statements.map((entries) => entries.get(one.request.key ?? '') ?? []);
    // Not decided: in both statements or in none.
    if (!isAccepted(one)) return booked[0]?.join() !== booked[1]?.join();
    return booked.some((ids) => ids.join() !== paymentId);
  });
  assert.deepEqual(wrong.map(shown), []);
  assert.deepEqual(await auditLedger(system), []);
}

/** What was in flight at the signal is done: a 503 is for what came later. */
function everyEarlierOneIsDone(sent: Sent[], signalledAt: number): void {
  const inFlight = sent.filter(
    ({ writtenAt, endedAt }) => writtenAt > 0 && writtenAt < signalledAt && endedAt >= signalledAt,
  );
  assert.ok(inFlight.length > 0);
  assert.deepEqual(inFlight.filter(isRefused).map(shown), []);
}

/** What was refused was not done: a service that ends finishes the calls that it has begun. */
async function nothingRefusedIsBooked(sent: Sent[]): Promise<void> {
  const refused = paymentsAmong(sent).filter(isRefused);
  const statements = [await entriesOf(payer), await entriesOf(payee)];
  const booked = refused.filter(({ request }) =>
    statements.some((entries) => entries.has(request.key ?? '')),
  );
  assert.deepEqual(booked.map(shown), []);
}

for (const name of ['payments', 'users', 'auth'] as const) {
  test(`SIGTERM of ${name} under load: every request gets its own answer, nothing accepted is lost`, async () => {
    const log = join(system.logsFolder, `${name}.log`);
    const before = readFileSync(log, 'utf8').length;
    const sent = await sentWhile(name, () => system.restart(name));
    const unanswered = sent.filter(({ status }) => status === undefined);
    assert.deepEqual(unanswered.map(shown), []);
    // When a request has reached the service is not known here: what came after the signal is refused.
    const odd = sent.filter((one) => isRefused(one) && one.status !== 503);
    assert.deepEqual(odd.map(shown), []);
    // The gateway answers for a service that cuts calls off, too; who did is in the service's log.
    const logged = readFileSync(log, 'utf8').slice(before);
    assert.match(logged, /"Drain: grpc done"/);
    assert.doesNotMatch(logged, /were cut off|was given up/);
    everyAnswerIsItsOwn(sent);
    await nothingRefusedIsBooked(sent);
    await everyCentIsThere(sent);
    await everyCentIsThere(await settle(sent));
  });
}

test('SIGTERM of the gateway under load: every request that arrived before it is done and answered', async () => {
  let signalledAt = 0;
  const sent = await sentWhile('gateway', async () => {
    signalledAt = Date.now();
    await system.restart('gateway');
  });
  everyEarlierOneIsDone(sent, signalledAt);
  everyAnswerIsItsOwn(sent);
  await everyCentIsThere(sent);
});

for (const name of ['payments', 'gateway', 'postgres'] as const) {
  test(`kill -9 of ${name} under load: no accepted payment is lost, retried keys pay once`, async () => {
    const sent = await sentWhile('gateway', () => {
      system.kill(name, 'SIGKILL');
      return Promise.resolve();
    });
    assert.ok(
      sent.some((one) => !isAccepted(one)),
      'it was felt',
    );
    everyAnswerIsItsOwn(sent);
    await everyCentIsThere(sent);
    await everyCentIsThere(await settle(sent));
  });
}
