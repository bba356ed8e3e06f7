import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';
import type { ProcessStatus } from './managed-process';
import { createScreen } from './screen';

const ready: ProcessStatus = {
  name: 'gateway',
  state: 'ready',
  ports: { http: 8080 },
  startedInMs: 1200,
  restarts: 0,
};

function terminal(columns = 60) {
  const written: string[] = [];
  const out = { columns, write: (text: string) => written.push(text) };
  return { screen: createScreen(out as unknown as NodeJS.WriteStream), written };
}

test('a process has a line on the screen, which is drawn over the last one', async () => {
  const { screen, written } = terminal();
  screen.status({ ...ready, state: 'starting' });
  await nextTurn();
  screen.status(ready);
  await nextTurn();
  screen.close();
  assert.match(written[0] ?? '', /starting.*gateway/);
  assert.match(written[1] ?? '', /^\u001b\[\d+A\u001b\[0J/);
  assert.match(written[1] ?? '', /ready.*gateway.*http:\/\/localhost:8080/);
});

test('while logs are shown, what happens is said in plain lines', async () => {
  const { screen, written } = terminal();
  screen.hide(true);
  screen.status(ready);
  screen.step('topics', 100);
  screen.notice('Port 8080 is taken; gateway (http) uses 41000.');
  screen.footer('\nReady in 2.0 s on http://localhost:41000.');
  await nextTurn();
  assert.deepEqual(written, [
    'gateway          ready    http://localhost:8080, pid ?, after 1.2 s\n',
    'topics           done in 0.1 s\n',
    'Port 8080 is taken; gateway (http) uses 41000.\n',
    'Ready in 2.0 s on http://localhost:41000.\n',
  ]);
  screen.hide(false);
  screen.close();
});

test('a line longer than the terminal is wide is cut, or it would break the redrawing', async () => {
  const { screen, written } = terminal();
  screen.notice('x'.repeat(200));
  await nextTurn();
  screen.close();
  assert.equal(written[0]?.split('\n').find((line) => line.startsWith('x'))?.length, 59);
});

/** Without colours. */
const plain = (text: string | undefined): string => (text ?? '').replace(/\u001b\[\d+m/g, '');

test('a process that crashed or failed says so, how often and why; one that is ready says no more of it', async () => {
  const { screen, written } = terminal(200);
  const crashed = { ...ready, pid: undefined, restarts: 2, detail: 'SIGKILL; starts again in 1 s' };
  screen.status({ ...crashed, state: 'crashed' });
  screen.status({ ...ready, name: 'auth', state: 'failed', detail: 'ended by itself' });
  await nextTurn();
  const shown = plain(written[0]);
  assert.match(shown, /✗ crashed {2}gateway .*restarted 2x {2}SIGKILL; starts again in 1 s\n/);
  assert.match(shown, /✗ failed {3}auth .*ended by itself\n/);
  screen.status({ ...crashed, state: 'ready' });
  await nextTurn();
  screen.close();
  assert.match(plain(written[1]), /● ready {4}gateway .*1\.2 s {2}restarted 2x\n/);
  assert.doesNotMatch(plain(written[1]), /SIGKILL/);
});

test('a process has its pid and, measured again and again, its memory; one that is gone has none', async (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const { screen, written } = terminal(200);
  screen.status({ ...ready, pid: process.pid });
  screen.status({ ...ready, name: 'auth', pid: undefined });
  t.mock.timers.tick(2000);
  const drawn = () => plain(written.at(-1));
  for (let tries = 0; tries < 200 && !drawn().includes('MiB'); tries += 1) await delay(10);
  screen.close();
  const lines = drawn().split('\n');
  const ofGateway = lines.find((line) => line.includes('gateway')) ?? '';
  assert.match(ofGateway, new RegExp(`pid ${process.pid} {2}[1-9]\\d* MiB`));
  assert.doesNotMatch(lines.find((line) => line.includes('auth')) ?? '', /pid|MiB/);
});

test('what is written above the screen stays, and the screen is drawn anew below it', async () => {
  const { screen, written } = terminal();
  screen.status(ready);
  await nextTurn();
  screen.above('a mail\nof two lines');
  await nextTurn();
  screen.status({ ...ready, state: 'stopping' });
  await nextTurn();
  screen.close();
  const [first, mail, below, again] = written;
  const drawnLines = (first?.split('\n').length ?? 0) - 1;
  assert.equal(mail, `\u001b[${drawnLines}A\u001b[0Ja mail\nof two lines\n`);
  // Not over the mail ...
  assert.match(below ?? '', /^\u001b\[0J/);
  // ... but over itself.
  assert.ok(again?.startsWith(`\u001b[${drawnLines}A\u001b[0J`));
});

test('beside logs it is written as it is', () => {
  const { screen, written } = terminal();
  screen.hide(true);
  screen.above('a mail');
  screen.close();
  assert.deepEqual(written, ['a mail\n']);
});
