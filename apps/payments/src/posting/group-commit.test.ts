import assert from 'node:assert/strict';
import { test } from 'node:test';
import { groupCommit, type Groupable } from './group-commit';

interface Item extends Groupable {
  name: string;
}

const inTime = () => new Date(Date.now() + 60_000);
const item = (name: string, identity = name, deadline = inTime()): Item => ({
  name,
  identity,
  deadline,
});

/** A database that does groups when it is told to, and notes them. */
function controlled(max: number, fail: (names: string[]) => Error | undefined = () => undefined) {
  const groups: string[][] = [];
  const open: (() => void)[] = [];
  const submit = groupCommit({
    max,
    run: (items: readonly Item[]) => {
      const names = items.map(({ name }) => name);
      groups.push(names);
      return new Promise<string[]>((resolve, reject) => {
        open.push(() => {
          const error = fail(names);
          if (error) reject(error);
          else resolve(names.map((name) => `${name} done`));
        });
      });
    },
  });
  /** Ends what is under way, and what follows from that, until nothing is. */
  async function finish(): Promise<void> {
    for (let end = open.shift(); end; end = open.shift()) {
      end();
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  return { submit, groups, finish };
}

test('the first goes at once and alone, what arrives meanwhile goes together, in order', async () => {
  const { submit, groups, finish } = controlled(64);
  const done = Promise.all(['a', 'b', 'c', 'd'].map((name) => submit(item(name))));
  assert.deepEqual(groups, [['a']]);
  await finish();
  assert.deepEqual(await done, ['a done', 'b done', 'c done', 'd done']);
  assert.deepEqual(groups, [['a'], ['b', 'c', 'd']]);
});

test('a group has at most so many, the rest keeps its order', async () => {
  const { submit, groups, finish } = controlled(2);
  const done = Promise.all(['a', 'b', 'c', 'd'].map((name) => submit(item(name))));
  await finish();
  await done;
  assert.deepEqual(groups, [['a'], ['b', 'c'], ['d']]);
});

test('after a group of many the next one waits for company', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { submit, groups, finish } = controlled(64);
  const names = Array.from({ length: 8 }, (_, index) => `${index}`);
  const done = ['a', ...names].map((name) => submit(item(name)));
  await finish();
  done.push(submit(item('b')));
  await finish();
  // The eight are done, and b's group has not begun: c is in time for it.
  assert.equal(groups.length, 2);
  done.push(submit(item('c')));
  t.mock.timers.tick(4);
  await new Promise((resolve) => setImmediate(resolve));
  await finish();
  await Promise.all(done);
  assert.deepEqual(groups, [['a'], names, ['b', 'c']]);
});

test('two of one identity never share a group', async () => {
  const { submit, groups, finish } = controlled(64);
  const done = Promise.all([
    submit(item('a')),
    submit(item('b1', 'b')),
    submit(item('b2', 'b')),
    submit(item('c')),
  ]);
  await finish();
  await done;
  assert.deepEqual(groups, [['a'], ['b1', 'c'], ['b2']]);
});

test('when a group fails each is tried alone, and only the one to blame fails', async () => {
  const { submit, groups, finish } = controlled(64, (names) =>
    names.includes('bad') ? new Error('bad is to blame') : undefined,
  );
  const done = Promise.allSettled(['a', 'b', 'bad', 'c'].map((name) => submit(item(name))));
  await finish();
  const outcomes = (await done).map((each) =>
    each.status === 'fulfilled' ? each.value : (each.reason as Error).message,
  );
  assert.deepEqual(outcomes, ['a done', 'b done', 'bad is to blame', 'c done']);
  assert.deepEqual(groups, [['a'], ['b', 'bad', 'c'], ['b'], ['bad'], ['c']]);
});

test('what nobody waits for any more is not started', async () => {
  const { submit, groups, finish } = controlled(64);
  const first = submit(item('a'));
  const late = submit(item('late', 'late', new Date(Date.now() - 1)));
  const lateFails = assert.rejects(late, { name: 'DeadlineError' });
  const last = submit(item('b'));
  await finish();
  await Promise.all([first, lateFails, last]);
  assert.deepEqual(groups, [['a'], ['b']]);
});

test('with 0 there are no groups: each goes at once and alone', async () => {
  const { submit, groups, finish } = controlled(0);
  const done = Promise.all(['a', 'b', 'c'].map((name) => submit(item(name))));
  assert.deepEqual(groups, [['a'], ['b'], ['c']]);
  await finish();
  assert.deepEqual(await done, ['a done', 'b done', 'c done']);
});
