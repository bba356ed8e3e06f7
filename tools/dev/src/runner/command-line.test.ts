import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readCommandLine, usage } from './command-line';

const read = (...args: string[]) => readCommandLine(args, '/repository');

test('without options everything is started, on the usual ports and in .data', () => {
  assert.deepEqual(read(), {
    watch: false,
    logs: false,
    reset: false,
    help: false,
    freePorts: false,
    only: [],
    data: '/repository/.data',
  });
});

test('each option is understood', () => {
  const flags = read('--watch', '--logs', '--reset', '--free-ports', '-h');
  const { watch, logs, reset, freePorts, help } = flags;
  assert.deepEqual([watch, logs, reset, freePorts, help], [true, true, true, true, true]);
  assert.deepEqual(read('--only', 'payments, auth,').only, ['payments', 'auth']);
  assert.equal(read('--data', 'other').data, '/repository/other');
  assert.equal(read('--data', '/tmp/other').data, '/tmp/other');
});

test('what does not exist is refused, by its name', () => {
  assert.throws(() => read('--fast'), /--fast/);
  assert.throws(() => read('payments'), /payments/);
  assert.throws(() => read('--data'), /--data/);
});

test('the help names every option', () => {
  for (const option of Object.keys(read())) {
    const dashed = option.replace(/[A-Z]/, (letter) => `-${letter.toLowerCase()}`);
    if (dashed !== 'help') assert.match(usage, new RegExp(`--${dashed} `));
  }
});
