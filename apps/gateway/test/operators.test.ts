// The operators' part of the API: who may use it, and the log that nobody can rewrite.
import '@quayside/telemetry/start';
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openDatabase, type Database } from '@quayside/database';
import request from 'supertest';
import { v7 as uuidv7 } from 'uuid';
import { operationsOf } from '../src/http/document';
import { startGateway, type TestGateway } from './gateway';

let gateway: TestGateway;
let database: Database;
before(async () => {
  gateway = await startGateway();
  database = openDatabase({ url: gateway.database.url, applicationName: 'test', max: 2 });
});
after(async () => {
  await database.close();
  await gateway.stop();
});

const customer = [
  'profile:read',
  'profile:write',
  'accounts:read',
  'payments:write',
  'activity:read',
];
const support = [...customer, 'ops:read'];
const admin = [...support, 'ops'];
const reason = 'Ticket 4711';

async function call(method: 'get' | 'post', path: string, scopes: string[], body?: object) {
  const userId = uuidv7();
  const token = await gateway.tokens.userToken({ userId, scopes });
  const prepared = request(gateway.url)
    [method](`/api/v1/admin/${path}`)
    .set('authorization', `Bearer ${token}`);
  const answer = await (body ? prepared.send(body) : prepared);
  return { answer, userId };
}

interface Line {
  operatorUserId: string;
  action: string;
  subjectUserId: string | null;
  subjectAccountId: string | null;
  subjectTopUpId: string | null;
  reason: string | null;
  traceId: string;
  outcome: string | null;
}

async function log(query = '') {
  const { answer } = await call('get', `audit-log${query}`, support);
  assert.equal(answer.status, 200);
  return answer.body as { items: Line[]; nextCursor: string | null };
}

async function signUp() {
  const handle = `p_${uuidv7().slice(-12)}`;
  const body = { email: `${handle}@example.com`, password: 'correct horse battery', handle };
  const answer = await request(gateway.url)
    .post('/api/v1/auth/register')
    .send({ ...body, displayName: 'Somebody' });
  return { ...body, userId: (answer.body as { userId: string }).userId };
}

test('a customer is refused everywhere, and support wherever something is done', async () => {
  const operations = operationsOf(gateway.document).filter(({ path }) => path.includes('/admin/'));
  assert.equal(operations.length, 9);
  for (const { operationId, method, path, access } of operations) {
    assert.ok(access.kind === 'user');
    const [scope] = access.scopes;
    assert.equal(scope, method === 'get' || operationId === 'searchUsers' ? 'ops:read' : 'ops');
    const place = path.replace('/api/v1/admin/', '').replace(/\{\w+\}/, uuidv7());
    const status = async (scopes: string[]) =>
      (await call(method as 'get', place, scopes, method === 'post' ? { reason } : undefined))
        .answer.status;
    assert.equal(await status(customer), 403, operationId);
    if (scope === 'ops') assert.equal(await status(support), 403, operationId);
  }
  assert.deepEqual((await log()).items, []);
});

test('acts and look-ups are written down: who, what, whom, why, in which trace, and how it ended', async () => {
  const person = await signUp();
  const found = await call('post', 'users/search', support, { email: person.email });
  const accounts = await call('get', `users/${person.userId}/accounts`, support);
  const sessions = await call('get', `users/${person.userId}/sessions`, support);
  const ended = await call('post', `users/${person.userId}/sessions/end`, admin, { reason });
  const frozen = await call('post', `accounts/${person.userId}/freeze`, admin, { reason });
  const missed = await call('post', `accounts/${uuidv7()}/unfreeze`, admin, { reason });
  const nobody = await call('post', 'users/search', support, { email: 'no@body.example' });
  const given = await call('get', 'top-ups/needing-attention', support);
  const topUpId = uuidv7();
  const resumed = await call('post', `top-ups/${topUpId}/resume`, admin, { reason });
  const lines = (await log()).items.slice(0, 9).reverse();
  const subject = {
    ...{ subjectUserId: person.userId, subjectAccountId: null, subjectTopUpId: null },
    reason: null,
  };
  const expected = [
    [found, { ...subject, action: 'find_user', outcome: 'done' }],
    [accounts, { ...subject, action: 'list_accounts', outcome: 'done' }],
    [sessions, { ...subject, action: 'list_sessions', outcome: 'done' }],
    [ended, { ...subject, reason, action: 'end_sessions', outcome: 'done' }],
    [
      frozen,
      {
        subjectUserId: null,
        subjectAccountId: person.userId,
        reason,
        action: 'freeze_account',
        outcome: 'done',
      },
    ],
    [missed, { subjectUserId: null, reason, action: 'unfreeze_account', outcome: 'not_found' }],
    [nobody, { ...subject, subjectUserId: null, action: 'find_user', outcome: 'not_found' }],
    [
      given,
      {
        ...{ ...subject, subjectUserId: null },
        ...{ action: 'list_top_ups_needing_attention', outcome: 'done' },
      },
    ],
    [
      resumed,
      {
        ...{ ...subject, subjectUserId: null, subjectTopUpId: topUpId, reason },
        ...{ action: 'resume_top_up', outcome: 'not_found' },
      },
    ],
  ] as const;
  for (const [index, [{ answer, userId }, fields]] of expected.entries()) {
    const line = lines[index];
    assert.deepEqual({ ...line, ...fields, operatorUserId: userId }, line);
    assert.ok(String(answer.headers.traceresponse).includes(String(line?.traceId)));
  }
  // What was searched for would outlive the person in a log that nobody can change.
  assert.ok(!JSON.stringify(lines).includes(person.email));
});

test('pages follow each other without gap or repetition', async () => {
  const person = await signUp();
  for (let n = 0; n < 5; n += 1) await call('get', `users/${person.userId}/accounts`, support);
  const traces: string[] = [];
  let cursor = '';
  do {
    const page: Awaited<ReturnType<typeof log>> = await log(`?limit=2${cursor}`);
    traces.push(...page.items.map(({ traceId }) => traceId));
    cursor = page.nextCursor === null ? '' : `&cursor=${page.nextCursor}`;
  } while (cursor !== '');
  assert.equal(new Set(traces).size, traces.length);
  assert.equal(traces.length, 14);
});

test('the running service can add to the log and read it, nothing else; its owner cannot change it either', async () => {
  const owner = openDatabase({ url: gateway.database.ownerUrl, applicationName: 'test', max: 1 });
  try {
    const columns = { operator_log: 'action', operator_outcomes: 'outcome' };
    for (const [table, column] of Object.entries(columns)) {
      for (const sql of [
        `UPDATE ${table} SET ${column} = 'other'`,
        `DELETE FROM ${table}`,
        `TRUNCATE ${table} CASCADE`,
      ]) {
        await assert.rejects(database.query(sql), { code: '42501' }, sql);
        await assert.rejects(owner.query(sql), /append-only/, sql);
      }
    }
  } finally {
    await owner.close();
  }
});

test('what cannot be written down is not done, and not handed out', async () => {
  const person = await signUp();
  const { auth } = gateway.standIns;
  const before = auth.calls.get('EndSessionsOf');
  gateway.link.cut();
  try {
    const act = await call('post', `users/${person.userId}/sessions/end`, admin, { reason });
    const read = await call('post', 'users/search', support, { email: person.email });
    assert.deepEqual([act.answer.status, read.answer.status], [503, 503]);
    assert.ok(!read.answer.text.includes(person.userId));
    assert.equal(auth.calls.get('EndSessionsOf'), before);
  } finally {
    gateway.link.mend();
  }
});
