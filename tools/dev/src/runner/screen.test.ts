import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ProcessStatus } from './managed-process';
import { createScreen } from './screen';

const ready: ProcessStatus = {
  name: 'gateway',
  state: 'ready',
  ports: { http: 8080 },
  startedInMs: 1200,
  restarts: 0,
};

function terminal() {
  const written: string[] = [];
  const out = { columns: 60, write: (text: string) => written.push(text) };
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
    'gateway    ready    http://localhost:8080, pid ?, after 1.2 s\n',
    'topics     done in 0.1 s\n',
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
