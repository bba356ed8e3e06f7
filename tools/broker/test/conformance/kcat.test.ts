import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { conformanceTarget } from './target';

const target = conformanceTarget();
const isMissing = spawnSync('kcat', ['-V']).error !== undefined;
const skip = isMissing && 'kcat is not on PATH';

const lines = Array.from({ length: 200 }, (_, i) => `key-${i}:value-${i}`);

test('kcat lists topics', { skip }, async () => {
  const topic = await target.topic({ partitions: 2 });
  const output = await kcat(['-L', '-J', '-t', topic]);
  const { topics } = JSON.parse(output) as { topics: { topic: string; partitions: unknown[] }[] };
  assert.equal(topics.find((one) => one.topic === topic)?.partitions.length, 2);
});

for (const codec of ['none', 'gzip', 'snappy', 'lz4', 'zstd']) {
  test(`kcat reads what kcat wrote (${codec})`, { skip }, async () => {
    const topic = await target.topic();
    await kcat(['-P', '-t', topic, '-K:', '-z', codec], lines.join('\n'));
    const output = await kcat(['-C', '-t', topic, '-K:', '-e', '-q', '-o', 'beginning']);
    assert.deepEqual(output.trim().split('\n'), lines);
  });
}

test('kcat writes idempotently and reads as a group', { skip }, async () => {
  const topic = await target.topic({ partitions: 3 });
  const group = target.name('group');
  await kcat(['-P', '-t', topic, '-K:', '-X', 'enable.idempotence=true'], lines.join('\n'));
  const options = ['-X', 'auto.offset.reset=earliest', '-e', '-q', '-K:'];
  const output = await kcat([...options, '-G', group, topic]);
  assert.deepEqual(output.trim().split('\n').sort(), [...lines].sort());
  assert.equal(await kcat([...options, '-G', group, topic]), '', 'the group had committed');
});

test('kcat finds offsets by time', { skip }, async () => {
  const topic = await target.topic();
  await kcat(['-P', '-t', topic], 'one\ntwo');
  const output = await kcat(['-Q', '-t', `${topic}:0:1`]);
  assert.match(output, /offset 0/);
});

async function kcat(args: readonly string[], input = ''): Promise<string> {
  const child = spawn('kcat', ['-b', target.brokers().join(','), ...args]);
  const exited = new Promise((resolve) => child.once('close', resolve));
  child.stdin.end(input);
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  assert.equal(await exited, 0, errors);
  return output;
}
