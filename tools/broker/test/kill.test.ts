import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import * as path from 'node:path';
import { test, type TestContext } from 'node:test';
import { readBatchHeader } from '../src/protocol/record-batch';
import { batchOf } from './batches';
import { temporaryFolder } from './temporary-folder';
import { WireClient } from './wire-client';
import { createTopic, fetchFrom, newProducerId, produceBatch } from './wire-requests';

const MAIN = path.join(__dirname, '../src/main.ts');

test('kill -9 while producing loses no acknowledged message and no producer state', async (t) => {
  const dataDir = temporaryFolder(t);
  const given = new Set<number>();
  let acknowledged = 0;
  let last: { producerId: number; sequence: number; offset: number } | undefined;
  for (let round = 0; round < 3; round += 1) {
    const { child, address } = await startProcess(t, dataDir);
    const client = await WireClient.connect(address);
    if (round === 0) assert.equal(await createTopic(client, 'kept'), 0);
    if (last) await repeatIsRecognised(client, last);

    const producerId = await newProducerId(client);
    assert.ok(!given.has(producerId), `producer id ${producerId} was given twice`);
    given.add(producerId);
    const killed = once(child, 'exit');
    for (let sequence = 0; ; sequence += 1) {
      if (sequence === 150) setImmediate(() => child.kill('SIGKILL'));
      const batch = batchOf([{ value: `${acknowledged}` }], { producerId, epoch: 0, sequence });
      const answer = await produceBatch(client, 'kept', batch).catch(() => undefined);
      if (!answer) break;
      assert.equal(answer.error, 0);
      acknowledged += 1;
      last = { producerId, sequence, offset: answer.baseOffset };
    }
    await killed;
    client.close();
  }

  const { child, address } = await startProcess(t, dataDir);
  const client = await WireClient.connect(address);
  const { highWatermark } = await fetchFrom(client, 'kept', 0);
  assert.ok(acknowledged >= 3 * 150, `only ${acknowledged} were acknowledged`);
  assert.ok(highWatermark >= acknowledged, `${highWatermark} of ${acknowledged} are there`);
  assert.equal(await countRecords(client, highWatermark), highWatermark);
  client.close();
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  assert.deepEqual(await ended, [0, null]);
});

test('a taken port ends the process with status 1 and a sentence', async (t) => {
  const { address } = await startProcess(t, temporaryFolder(t));
  const port = address.split(':')[1];
  const child = fork(MAIN, {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, BROKER_PORT: port, BROKER_DATA_DIR: temporaryFolder(t) },
    silent: true,
  });
  let errors = '';
  child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const [code] = (await once(child, 'exit')) as [number];
  assert.equal(code, 1);
  assert.match(errors, /Port \d+ on 127\.0\.0\.1 is taken/);
});

async function repeatIsRecognised(
  client: WireClient,
  last: { producerId: number; sequence: number; offset: number },
): Promise<void> {
  const { producerId, sequence, offset } = last;
  const again = batchOf([{ value: 'again' }], { producerId, epoch: 0, sequence });
  assert.deepEqual(await produceBatch(client, 'kept', again), { error: 0, baseOffset: offset });
  const gap = batchOf([{ value: 'gap' }], { producerId, epoch: 0, sequence: sequence + 5 });
  assert.equal((await produceBatch(client, 'kept', gap)).error, 45);
}

async function countRecords(client: WireClient, end: number): Promise<number> {
  let count = 0;
  for (let offset = 0; offset < end;) {
    const { records } = await fetchFrom(client, 'kept', offset);
    for (let at = 0; at < records.length;) {
      const header = readBatchHeader(records, at);
      assert.equal(header?.baseOffset, offset);
      count += header.recordCount;
      offset = header.lastOffset + 1;
      at += header.sizeInBytes;
    }
  }
  return count;
}

async function startProcess(
  t: TestContext,
  dataDir: string,
): Promise<{ child: ChildProcess; address: string }> {
  const child = fork(MAIN, {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, BROKER_PORT: '0', BROKER_DATA_DIR: dataDir },
    silent: true,
  });
  t.after(() => child.kill('SIGKILL'));
  const [message] = (await once(child, 'message')) as [{ type: string; port: number }];
  assert.equal(message.type, 'ready');
  return { child, address: `127.0.0.1:${message.port}` };
}
