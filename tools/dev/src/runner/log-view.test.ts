import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { LogFile } from './log-file';
import { createLogView } from './log-view';

/** Two logs that are written to by hand, and what the view shows of them, a moment later. */
function view(t: TestContext, coloured = false) {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const fresh: Record<string, string[]> = { auth: [], payments: [] };
  const logs = Object.entries(fresh).map(([name, lines]) => {
    const newLines = () => lines.splice(0);
    return { name, newLines } as unknown as LogFile;
  });
  const written: string[] = [];
  const logView = createLogView(
    () => logs,
    (line) => written.push(line),
    coloured,
  );
  t.after(() => logView.close());
  const log = (name: string, line: string) => {
    fresh[name]?.push(line);
    t.mock.timers.tick(200);
  };
  return { logView, log, written };
}

const entry = (more: object) =>
  JSON.stringify({
    level: 'info',
    time: '2026-01-02T03:04:05.678Z',
    service: 'auth',
    message: 'Ready',
    ...more,
  });

test('each line has its process in front, and its fields behind the message', (t) => {
  const { logView, log, written } = view(t);
  logView.toggle();
  log('auth', entry({ ports: { grpc: 7001 }, trace_id: 'abc', span_id: 'def' }));
  log('payments', 'no JSON at all');
  log('payments', '{ half of it');
  assert.deepEqual(written, [
    'auth             03:04:05.678 info  Ready ports={"grpc":7001} trace_id=abc',
    'payments         no JSON at all',
    'payments         { half of it',
  ]);
});

test('what is logged while it is off is not shown, also not later', (t) => {
  const { logView, log, written } = view(t);
  log('auth', 'before');
  logView.toggle();
  log('auth', 'meanwhile');
  logView.toggle();
  log('auth', 'after');
  logView.toggle();
  log('auth', 'again');
  assert.deepEqual(written, ['auth             meanwhile', 'auth             again']);
});

test('on a terminal each process has a colour of its own', (t) => {
  const { logView, log, written } = view(t, true);
  logView.toggle();
  log('auth', 'one');
  log('payments', 'two');
  const colours = written.map(
    (line) => /^\u001b\[(\d+)m(auth|payments) +\u001b\[0m /.exec(line)?.[1],
  );
  assert.ok(colours[0] !== undefined && colours[1] !== undefined, written.join('\n'));
  assert.notEqual(colours[0], colours[1]);
});

test('after its end nothing is read any more', (t) => {
  const { logView, log, written } = view(t);
  logView.toggle();
  logView.close();
  log('auth', 'late');
  assert.deepEqual(written, []);
});
