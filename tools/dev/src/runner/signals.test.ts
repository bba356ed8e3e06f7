import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { test, type TestContext } from 'node:test';
import { onEndSignals } from './signals';

/** Keys pressed at a terminal, or into a pipe, and what they have called. */
function listening(t: TestContext, isTTY: boolean) {
  const called: string[] = [];
  const raw: boolean[] = [];
  const setRawMode = (on: boolean) => raw.push(on);
  const stdin = Object.assign(new EventEmitter(), { isTTY, setRawMode, unref: () => undefined });
  for (const [name, value] of Object.entries({ stdin, stdout: { isTTY } })) {
    const before = Object.getOwnPropertyDescriptor(process, name)!;
    Object.defineProperty(process, name, { value, configurable: true });
    t.after(() => Object.defineProperty(process, name, before));
  }
  // Of this process: what would end it stays as it was, what it would do at its end is not done.
  const on = t.mock.method(process, 'on', () => process);
  const once = t.mock.method(process, 'once', () => process);
  onEndSignals(
    () => called.push('first'),
    () => called.push('second'),
    { l: () => called.push('logs'), m: () => called.push('mail') },
  );
  on.mock.restore();
  once.mock.restore();
  const press = (keys: string) => stdin.emit('data', Buffer.from(keys));
  return { called, raw, press, signals: on.mock.calls.map((call) => call.arguments[0]) };
}

test('each key calls what belongs to it, any other nothing', (t) => {
  const { called, press, raw } = listening(t, true);
  press('l');
  press('xmM');
  assert.deepEqual(called, ['logs', 'mail']);
  assert.deepEqual(raw, [true]);
});

test('Ctrl-C ends, twice at once is once, and later the second one is another', (t) => {
  let now = 1000;
  t.mock.method(performance, 'now', () => now);
  const { called, press, signals } = listening(t, true);
  assert.deepEqual(signals, ['SIGINT', 'SIGTERM', 'SIGHUP']);
  press('\u0003\u0003');
  now += 400;
  press('\u0003');
  assert.deepEqual(called, ['first']);
  now += 1;
  press('\u0003');
  assert.deepEqual(called, ['first', 'second']);
});

test('without a terminal there are no keys', (t) => {
  const { called, press, raw } = listening(t, false);
  press('lm\u0003');
  assert.deepEqual([called, raw], [[], []]);
});
