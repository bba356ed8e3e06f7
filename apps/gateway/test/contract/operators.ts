// Held against openapi.yaml: the end of a user, what operators do, the feed, the document itself.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { v7 as uuidv7 } from 'uuid';
import { gateway, contract, known, call, signUp } from './session';

test('the end of a user', async () => {
  const { accessToken: token, userId } = await signUp('alice');
  const { auth, world } = gateway.standIns;
  world.balances.set(userId, 5n);
  assert.equal((await call('deleteOwnUser', { token })).status, 422);
  world.balances.set(userId, 0n);
  const answers = { TOO_OLD: 403, ENDED: 401, IDENTITY_DELETED: 204, RECENT: 204 };
  for (const [result, status] of Object.entries(answers)) {
    auth.overrides.set('CheckRecentSignIn', () => ({ result: `RECENT_SIGN_IN_${result}` }));
    assert.equal((await call('deleteOwnUser', { token })).status, status, result);
  }
  auth.overrides.clear();
});

test('the end of a user is refused as things are, and the document says each of them', async (t) => {
  const { accessToken: token } = await signUp('alice');
  const { payments } = gateway.standIns;
  t.after(() => payments.overrides.clear());
  const { path, method } = known('deleteOwnUser');
  const { responses } = gateway.document.paths[path]?.[method] as {
    responses: Record<string, { description: string }>;
  };
  const codes = ['account_not_empty', 'holds_open', 'top_up_pending', 'account_frozen'] as const;
  for (const code of codes) {
    payments.refuse('CloseAccounts', code);
    const answer = await call('deleteOwnUser', { token });
    const { status, type } = answer.body as { status: number; type: string };
    assert.equal(answer.status, status);
    assert.deepEqual([status, type.split('/').at(-1)], [422, code]);
    assert.ok(responses[status]?.description.includes(`\`${code}\``), code);
  }
});

test('what operators do', async () => {
  const alice = await signUp('alice');
  const token = await gateway.tokens.userToken({ scopes: ['ops:read', 'ops'] });
  const search = (body: object) => call('searchUsers', { token, body });
  const { userId, email, handle } = alice;
  for (const body of [{ email }, { userId }, { handle: handle.toUpperCase() }]) {
    assert.equal(((await search(body)).body as { userId: string }).userId, userId);
  }
  for (const body of [{}, { email, handle }, { userId: 'x' }]) {
    assert.equal((await search(body)).status, 400);
  }
  for (const body of [{ email: 'no@body.example' }, { handle: 'nobody' }, { userId: uuidv7() }]) {
    assert.equal((await search(body)).status, 404);
  }
  const path = { userId };
  for (const id of ['listAccountsOfUser', 'listSessionsOfUser']) {
    const { items } = (await call(id, { token, path })).body as { items: unknown[] };
    assert.ok(items.length > 0, id);
    assert.equal((await call(id, { token, path: { userId: 'x' } })).status, 400);
  }
  const body = { reason: 'Ticket 4711' };
  const ended = await call('endSessionsOfUser', { token, path, body });
  assert.deepEqual(ended.body, { ended: 1, apiKeysRevoked: 0 });
  for (const id of ['freezeAccount', 'unfreezeAccount']) {
    const act = (accountId: string, reason: object = body) =>
      call(id, { token, path: { accountId }, body: reason });
    assert.equal((await act(userId)).status, 200);
    assert.equal((await act(uuidv7())).status, 404);
    assert.equal((await act('x')).status, 400);
    for (const reason of [{}, { reason: '' }, { reason: '  ' }, { reason: 'x'.repeat(501) }]) {
      assert.equal((await act(userId, reason)).status, 400);
    }
    gateway.standIns.payments.refuse(
      id.replace(/^[fu]/, (c) => c.toUpperCase()),
      'not_possible',
    );
    assert.equal((await act(userId)).status, 422);
    gateway.standIns.payments.overrides.clear();
  }
  const { accessToken } = alice;
  gateway.standIns.world.balances.set(userId, 0n);
  const topUp = { amount: { amount: '5', currency: 'EUR' } };
  const headers = { 'idempotency-key': uuidv7() };
  const made = await call('createTopUp', { token: accessToken, headers, body: topUp });
  const { topUpId } = made.body as { topUpId: string };
  const resume = (id: string, reason: object = body) =>
    call('resumeTopUp', { token, path: { topUpId: id }, body: reason });
  assert.equal((await resume(topUpId)).status, 422);
  gateway.standIns.world.givenUp.add(topUpId);
  const given = await call('listTopUpsNeedingAttention', { token, query: { limit: 1 } });
  const { items: waiting, total } = given.body as { items: { userId: string }[]; total: number };
  assert.deepEqual([waiting.map((item) => item.userId), total], [[userId], 1]);
  const none = await call('listTopUpsNeedingAttention', { token, query: { limit: 0 } });
  assert.equal(none.status, 400);
  assert.equal((await resume(topUpId, {})).status, 400);
  assert.equal((await resume(topUpId)).status, 204);
  assert.equal((await resume(uuidv7())).status, 404);
  const log = await call('listAuditLog', { token, query: { limit: 2 } });
  const { items, nextCursor } = log.body as { items: unknown[]; nextCursor: string };
  assert.equal(items.length, 2);
  const next = await call('listAuditLog', { token, query: { limit: 2, cursor: nextCursor } });
  assert.equal(next.status, 200);
  assert.equal((await call('listAuditLog', { token, query: { limit: 0 } })).status, 400);
});

test('the feed and the overview', async () => {
  const { accessToken: token } = await signUp('alice');
  const overview = await call('getOverview', { token });
  assert.deepEqual((overview.body as { missing: unknown }).missing, []);
  assert.equal((await call('listActivity', { token })).status, 200);
  const query = { cursor: 'nonsense' };
  assert.equal((await call('listActivity', { token, query })).status, 400);
});

test('the feed, live', async () => {
  const { accessToken: token } = await signUp('alice');
  const stop = new AbortController();
  const open = () =>
    fetch(`${gateway.url}/api/v1/events`, {
      headers: { authorization: `Bearer ${token}` },
      signal: stop.signal,
    });
  const streams = await Promise.all(Array.from({ length: 5 }, open));
  const first = streams[0]?.body?.getReader() as ReadableStreamDefaultReader<Uint8Array>;
  const text = Buffer.from((await first.read()).value ?? []).toString();
  assert.match(text, /^retry: \d+\nid: 0\n\n$/);
  const headers = Object.fromEntries(streams[0]?.headers ?? []);
  contract.verify(known('streamEvents'), { status: 200, headers, text });
  assert.equal((await call('streamEvents', { token })).status, 429);
  stop.abort();
  const lost = { token, headers: { 'last-event-id': 'the last one' } };
  assert.equal((await call('streamEvents', lost)).status, 400);
});

test('the keys and the document', async () => {
  const keys = await call('getJwks');
  assert.deepEqual(keys.body, gateway.tokens.jwks);
  // Auth's rotation.test.ts counts on both: a next key is published for longer than they let it be unknown.
  assert.equal(keys.headers['cache-control'], 'public, max-age=60, stale-if-error=60');
  assert.deepEqual((await call('getOpenApi')).body, gateway.document);
});
