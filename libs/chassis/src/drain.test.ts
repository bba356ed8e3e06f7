import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { childLogger } from '@quayside/telemetry';
import { createDrain } from './drain';
import { pause } from './jobs';

interface Line {
  level: 'info' | 'warn';
  step: string;
  durationMs: number;
}

function recorded() {
  const lines: Line[] = [];
  const log = childLogger({});
  const line = (level: Line['level']) => (fields: object) =>
    void lines.push({ level, ...(fields as Omit<Line, 'level'>) });
  return {
    lines,
    drain: createDrain(Object.assign(log, { info: line('info'), warn: line('warn') })),
  };
}

describe('a drain', () => {
  it('runs its phases in order, whatever order they were added in', async () => {
    const { drain } = recorded();
    const order: string[] = [];
    const step = (name: string, ms: number) => async () => {
      await pause(ms);
      order.push(name);
    };
    drain.add('flush telemetry', 'telemetry', step('telemetry', 0));
    drain.add('close connections', 'database', step('database', 0));
    drain.add('finish requests', 'http', step('http', 20));
    drain.add('finish requests', 'grpc', step('grpc', 1));
    drain.add('stop background work', 'relay', step('relay', 5));
    drain.add('not ready', 'readiness', step('readiness', 5));
    await drain.run(1_000);
    assert.deepEqual(order, ['readiness', 'grpc', 'http', 'relay', 'database', 'telemetry']);
  });

  it('goes on after a step that fails or hangs, and logs each with its duration', async () => {
    const { drain, lines } = recorded();
    drain.add('finish requests', 'grpc', () => Promise.reject(new Error('broken')));
    drain.add('stop background work', 'relay', () => new Promise(() => undefined), 30);
    drain.add('close service', 'service', () => {
      throw new Error('thrown, not rejected');
    });
    drain.add('close connections', 'database', () => Promise.resolve({ connections: 3 }));
    await drain.run(1_000);
    assert.deepEqual(
      lines.map(({ level, step }) => [level, step]),
      [
        ['warn', 'grpc'],
        ['warn', 'relay'],
        ['warn', 'service'],
        ['info', 'database'],
      ],
    );
    assert.ok(lines[1]!.durationMs >= 29);
    assert.equal((lines[3] as object as { connections: number }).connections, 3);
  });

  it('tells each step how much time it has, and keeps some for the last ones', async () => {
    const { drain } = recorded();
    const given: number[] = [];
    drain.add('finish requests', 'http', () => new Promise(() => undefined));
    drain.add('close connections', 'database', (timeoutMs) => void given.push(timeoutMs));
    const started = performance.now();
    await drain.run(100);
    assert.ok(performance.now() - started < 1_000);
    assert.ok(given[0]! > 100, `${given[0]} ms`);
  });

  it('does not count the drain delay against the time to shut down', async () => {
    const { drain, lines } = recorded();
    const given: number[] = [];
    drain.add('drain delay', 'delay', () => pause(150));
    drain.add('finish requests', 'http', (timeoutMs) => void given.push(timeoutMs));
    await drain.run(1_000);
    assert.ok(lines[0]!.durationMs >= 149);
    assert.ok(given[0]! > 850, `${given[0]} ms`);
  });

  it('runs once, and leaves out what it is told to', async () => {
    const { drain, lines } = recorded();
    drain.add('drain delay', 'delay', () => undefined);
    drain.add('finish requests', 'http', () => undefined);
    await Promise.all([drain.run(1_000, ['drain delay']), drain.run(1_000)]);
    assert.deepEqual(
      lines.map(({ step }) => step),
      ['http'],
    );
  });
});
