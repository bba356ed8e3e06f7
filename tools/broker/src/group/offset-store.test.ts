import assert from 'node:assert/strict';
import nodeFs, * as fs from 'node:fs';
import * as path from 'node:path';
import { test, type TestContext } from 'node:test';
import { writeInPortions } from '../../test/short-writes';
import { temporaryFolder } from '../../test/temporary-folder';
import { type CommittedOffset, OffsetStore } from './offset-store';

test('commits survive, also when the last write was cut short', (t) => {
  const { file, open } = storeIn(t);
  const store = open();
  store.commit('g', 'consumer', [at('t', 0, 5), at('t', 1, 6)]);
  store.commit('g', 'consumer', [at('t', 0, 7)]);
  store.commit('other', '', [at('t', 0, 1)]);
  fs.appendFileSync(file, '{"group":"g","protocolType":"consumer","topic":"t","part');
  const again = open();
  assert.deepEqual(
    again.ofGroup('g').map(({ partition, offset }) => [partition, offset]),
    [
      [0, 7],
      [1, 6],
    ],
  );
  assert.equal(again.ofGroup('g')[0]?.protocolType, 'consumer');
  again.commit('g', 'consumer', [at('t', 0, 8)]);
  assert.equal(open().get('g', 't', 0)?.offset, 8);
});

test('a deleted group or topic stays forgotten', (t) => {
  const { open } = storeIn(t);
  const store = open();
  store.commit('g', '', [at('a', 0, 1), at('b', 0, 1)]);
  store.commit('h', '', [at('a', 0, 1)]);
  store.forget({ topic: 'a' });
  store.forget({ group: 'h' });
  const again = open();
  assert.deepEqual([again.get('g', 'a', 0), again.get('g', 'b', 0)?.offset], [undefined, 1]);
  assert.deepEqual(again.groupIds(), ['g']);
});

test('the file does not grow without bound', (t) => {
  const { file, open } = storeIn(t);
  const store = open();
  for (let offset = 0; offset < 25_000; offset += 1) store.commit('g', '', [at('t', 0, offset)]);
  assert.ok(fs.statSync(file).size < 2_000_000);
  assert.equal(open().get('g', 't', 0)?.offset, 24_999);
});

test('a topic that is gone takes its offsets along, also if the process died in between', (t) => {
  const { open } = storeIn(t);
  open().commit('g', '', [at('a', 0, 1), at('b', 0, 1)]);
  const again = open((topic) => topic !== 'a');
  assert.deepEqual(
    again.ofGroup('g').map(({ topic }) => topic),
    ['b'],
  );
});

test('commits go on when the file cannot be written anew', (t) => {
  const { file, open } = storeIn(t);
  const store = open();
  fs.mkdirSync(`${file}.tmp`);
  for (let offset = 0; offset < 25_000; offset += 1) store.commit('g', '', [at('t', 0, offset)]);
  fs.rmdirSync(`${file}.tmp`);
  assert.equal(open().get('g', 't', 0)?.offset, 24_999);
});

test('commits go on in the new file when its folder cannot be synced', (t) => {
  const { open } = storeIn(t);
  const store = open();
  const sync = nodeFs.fsyncSync.bind(nodeFs);
  const { mock } = t.mock.method(nodeFs, 'fsyncSync', (fd: number) => {
    if (fs.fstatSync(fd).isDirectory()) throw new Error('EIO');
    sync(fd);
  });
  for (let offset = 0; offset < 25_000; offset += 1) store.commit('g', '', [at('t', 0, offset)]);
  assert.ok(mock.callCount() > 0);
  mock.restore();
  assert.equal(open().get('g', 't', 0)?.offset, 24_999);
});

test('a system that writes in small portions loses nothing', (t) => {
  const { open } = storeIn(t);
  const store = open();
  writeInPortions(t, 7);
  store.commit('g', '', [at('t', 0, 5)]);
  assert.equal(open().get('g', 't', 0)?.offset, 5);
});

function at(topic: string, partition: number, offset: number): CommittedOffset {
  return { topic, partition, offset, leaderEpoch: -1, metadata: '' };
}

function storeIn(t: TestContext): {
  file: string;
  open: (hasTopic?: (topic: string) => boolean) => OffsetStore;
} {
  const file = path.join(temporaryFolder(t), 'offsets');
  return {
    file,
    open(hasTopic = () => true) {
      const store = new OffsetStore(file, false, hasTopic);
      t.after(() => store.close());
      return store;
    },
  };
}
