import assert from 'node:assert/strict';
import fs from 'node:fs';
import { test } from 'node:test';
import { temporaryFolder } from '../../test/temporary-folder';
import { withDefaults } from '../options';
import { TopicRegistry } from './topic-registry';

test('a topic that cannot be created whole is not there, and holds no files open', (t) => {
  const dataDir = temporaryFolder(t);
  const registry = new TopicRegistry(dataDir, withDefaults({ dataDir }));
  const open = fs.openSync.bind(fs);
  const opened = new Set<number>();
  const close = t.mock.method(fs, 'closeSync');
  const { mock } = t.mock.method(fs, 'openSync', (file: string, flags: string) => {
    if (opened.size === 3)
      throw Object.assign(new Error('too many open files'), { code: 'EMFILE' });
    const fd = open(file, flags);
    opened.add(fd);
    return fd;
  });
  assert.throws(() => registry.create('wide', 5, {}), { code: 'EMFILE' });
  mock.restore();
  assert.deepEqual([...opened].sort(), close.mock.calls.map((call) => call.arguments[0]).sort());
  assert.equal(registry.get('wide'), undefined);
  registry.create('wide', 5, {});
  registry.close();
  assert.equal(new TopicRegistry(dataDir, withDefaults({ dataDir })).all().length, 1);
});

test('what a deletion that was cut off left is removed at the next start', (t) => {
  const dataDir = temporaryFolder(t);
  new TopicRegistry(dataDir, withDefaults({ dataDir })).create('t', 2, {});
  fs.renameSync(`${dataDir}/topics/t`, `${dataDir}/trash/1`);
  assert.deepEqual(new TopicRegistry(dataDir, withDefaults({ dataDir })).all(), []);
  assert.deepEqual(fs.readdirSync(`${dataDir}/trash`), []);
});
