import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { Group } from './group';
import type { JoinAnswer, JoinRequest } from './member';

const assigned = (text: string): Map<string, Buffer> => new Map([[text, Buffer.from('mine')]]);

test('a new member of v4 gets its id first and error 79', async (t) => {
  const group = newGroup(t);
  const first = await group.join(request({ requireKnownMemberId: true }));
  assert.equal(first.error, 79);
  const second = await group.join(request({ memberId: first.memberId }));
  assert.deepEqual(
    [second.error, second.generation, second.leader],
    [undefined, 1, first.memberId],
  );
});

test('an id the group does not know is refused', async (t) => {
  const group = newGroup(t);
  assert.equal((await group.join(request({ memberId: 'made-up' }))).error, 25);
  assert.equal((await group.sync('made-up', 1, new Map())).error, 25);
  assert.equal(group.heartbeat('made-up', 1), 25);
  assert.equal(group.leave('made-up'), 25);
});

test('a second member starts a rebalance, which the first learns by heartbeat', async (t) => {
  const group = newGroup(t);
  const a = await stable(group);
  const joining = group.join(request());
  assert.equal(group.state, 'PreparingRebalance');
  assert.equal(group.heartbeat(a.memberId, 1), 27);
  assert.equal((await group.sync(a.memberId, 1, new Map())).error, 27);
  assert.equal(group.checkCommit(a.memberId, 1), 0, 'it may still commit what it has done');
  const again = await group.join(request({ memberId: a.memberId }));
  const b = await joining;
  assert.deepEqual([again.generation, b.generation], [2, 2]);
  assert.deepEqual([again.members?.length, b.members?.length], [2, 0]);
  assert.equal(group.checkCommit(b.memberId, 2), 27, 'no assignment yet');
  assert.equal(group.checkCommit(a.memberId, 1), 22);

  const waiting = group.sync(b.memberId, 2, new Map());
  await group.sync(a.memberId, 2, assigned(b.memberId));
  assert.equal((await waiting).assignment?.toString(), 'mine');
  assert.equal(group.state, 'Stable');
  assert.equal(group.heartbeat(a.memberId, 1), 22);
});

test('who does not join again in time is left out', async (t) => {
  const group = newGroup(t);
  const a = await stable(group, { rebalanceTimeoutMs: 50 });
  const b = await group.join(request({ rebalanceTimeoutMs: 50 }));
  assert.deepEqual([b.generation, b.leader, b.members?.length], [2, b.memberId, 1]);
  assert.equal(group.heartbeat(a.memberId, 1), 25);
});

test('who is silent for its session timeout is removed', async (t) => {
  const group = newGroup(t);
  const a = await stable(group, { sessionTimeoutMs: 30, rebalanceTimeoutMs: 5000 });
  const b = await group.join(request());
  assert.deepEqual([b.generation, group.members.has(a.memberId)], [2, false]);
});

test('who joins but never syncs is removed', async (t) => {
  const group = newGroup(t);
  const a = await group.join(request({ rebalanceTimeoutMs: 40 }));
  assert.equal(group.state, 'CompletingRebalance');
  const b = await group.join(request({ rebalanceTimeoutMs: 40 }));
  assert.equal(b.leader, b.memberId);
  assert.equal(group.heartbeat(a.memberId, 1), 25);
});

test('leaving gives the others a new generation, and the last one empties the group', async (t) => {
  const group = newGroup(t);
  const a = await stable(group);
  const joining = group.join(request());
  await group.join(request({ memberId: a.memberId }));
  const b = await joining;
  assert.equal(group.leave(a.memberId), 0);
  const again = await group.join(request({ memberId: b.memberId }));
  assert.deepEqual([again.generation, again.leader], [3, b.memberId]);
  group.leave(b.memberId);
  assert.deepEqual([group.state, group.isUnused], ['Empty', true]);
  assert.equal(group.checkCommit('', -1), 0, 'an empty group takes commits without membership');
});

test('the protocol most members prefer among the common ones is chosen', async (t) => {
  const group = newGroup(t);
  const offers = [
    ['x', 'range', 'sticky'],
    ['sticky', 'range'],
    ['sticky', 'range', 'y'],
  ];
  const answers = await together(
    group,
    offers.map((names) => ({ names })),
  );
  assert.deepEqual(new Set(answers.map((answer) => answer.protocol)), new Set(['sticky']));
  assert.deepEqual(new Set(answers.map((answer) => answer.generation)), new Set([2]));
  assert.equal((await group.join(request({ names: ['other'] }))).error, 23);
});

test('a repeated join of a follower gets the generation it is in', async (t) => {
  const group = newGroup(t);
  const [leader, follower] = await together(group, [{}, {}]);
  const again = await group.join(request({ memberId: follower.memberId }));
  assert.equal(again.generation, 2);
  const waiting = group.sync(follower.memberId, 2, new Map());
  await group.sync(leader.memberId, 2, assigned(follower.memberId));
  assert.equal((await waiting).error, 0);
});

test('closing answers everyone who waits', async (t) => {
  const group = newGroup(t);
  await stable(group);
  const joining = group.join(request());
  group.close();
  assert.equal((await joining).error, 15);
});

test('who waits for the assignment is not silent, however long the leader takes', async (t) => {
  const group = newGroup(t);
  const [a, b] = await together(group, [{}, { sessionTimeoutMs: 50 }]);
  assert.ok(a.members?.length);
  const waiting = group.sync(b.memberId, 2, new Map());
  await delay(150);
  await group.sync(a.memberId, 2, assigned(b.memberId));
  assert.equal((await waiting).assignment?.toString(), 'mine');
  // From now on it has to be heard of again.
  await delay(150);
  assert.equal(group.heartbeat(b.memberId, 2), 25);
});

test('a closed group has no members and begins to wait for nothing', async (t) => {
  const group = newGroup(t);
  const a = await group.join(request());
  group.close();
  assert.equal((await group.sync(a.memberId, 1, new Map())).error, 25);
  assert.equal(group.heartbeat(a.memberId, 1), 25);
});

test('a member id is short enough for the protocol, whatever the client id', async (t) => {
  const { memberId } = await newGroup(t).join(request({ clientId: 'x'.repeat(32_767) }));
  assert.ok(memberId.length < 1000);
});

/** Joins, however the answer comes. */
async function joined(group: Group, change: Change): Promise<JoinAnswer> {
  return group.join(request(change));
}

/** All in one generation, the first as its leader: it joins again when others come. */
async function together<const Changes extends readonly Change[]>(
  group: Group,
  changes: Changes,
): Promise<{ [Index in keyof Changes]: JoinAnswer }> {
  const [first, ...others] = changes;
  const { memberId } = await joined(group, { ...first });
  const joining = others.map((change) => joined(group, change));
  const answers = [joined(group, { ...first, memberId }), ...joining];
  return (await Promise.all(answers)) as { [Index in keyof Changes]: JoinAnswer };
}

async function stable(group: Group, change: Change = {}): Promise<JoinAnswer> {
  const answer = await group.join(request(change));
  await group.sync(answer.memberId, answer.generation ?? -1, assigned(answer.memberId));
  assert.equal(group.state, 'Stable');
  return answer;
}

type Change = Partial<JoinRequest> & { readonly names?: readonly string[] };

function request({ names = ['range'], ...change }: Change = {}): JoinRequest {
  return {
    memberId: '',
    clientId: 'test',
    clientHost: '/test',
    sessionTimeoutMs: 10_000,
    rebalanceTimeoutMs: 10_000,
    protocolType: 'consumer',
    protocols: names.map((name) => ({ name, metadata: Buffer.from(name) })),
    requireKnownMemberId: false,
    ...change,
  };
}

function newGroup(t: TestContext): Group {
  const group = new Group();
  t.after(() => group.close());
  return group;
}
