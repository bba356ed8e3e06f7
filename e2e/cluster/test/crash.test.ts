import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { test } from 'node:test';
import { CRASH, evaluateIn } from '../steps/crash';

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

const program =
  "process.on('exit', () => console.log('exits')); console.log('up'); setInterval(Date, 1000);";

const start = (args: string[]): ChildProcess =>
  spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] });

test('a crash ends a process at once, without a word, while the inspector is still connected', async () => {
  const port = await freePort();
  const victim = start([`--inspect-port=127.0.0.1:${port}`, '-e', program]);
  let said = '';
  victim.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await once(victim.stdout!, 'data');
  const ended = once(victim, 'exit');
  const [major = 0] = process.versions.node.split('.').map(Number);
  const webSocket = major < 22 ? ['--experimental-websocket'] : [];
  const culprit = start([...webSocket, '-e', evaluateIn(victim.pid!, port, CRASH)]);
  const limit = AbortSignal.timeout(30_000);
  try {
    const [, signal] = (await Promise.race([
      ended,
      once(limit, 'abort').then(() => assert.fail('it is still there')),
    ])) as [number | null, string | null];
    assert.equal(signal, 'SIGABRT');
    assert.equal(said, 'up\n');
  } finally {
    victim.kill('SIGKILL');
    culprit.kill('SIGKILL');
  }
});
