import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { context } from '@opentelemetry/api';
import { createLogger } from './logger';
import { setServiceName } from './service-name';

function logLine(write: (logger: ReturnType<typeof createLogger>) => void) {
  const lines: string[] = [];
  write(createLogger({ write: (line) => void lines.push(line) }));
  assert.equal(lines.length, 1);
  return JSON.parse(lines[0]!) as Record<string, unknown>;
}

describe('a log line', () => {
  it('has level, time, service and message', () => {
    setServiceName('payments');
    const line = logLine((logger) => logger.info({ port: 1 }, 'Listening'));
    const { time, ...rest } = line;
    assert.deepEqual(rest, { level: 'info', service: 'payments', message: 'Listening', port: 1 });
    assert.ok(!Number.isNaN(Date.parse(String(time))));
  });

  it('has the ids of the active span', () => {
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    const span = new TracerProvider().getTracer('test').startSpan('work');
    const line = context.with(trace.setSpan(context.active(), span), () =>
      logLine((logger) => logger.info('Inside')),
    );
    assert.equal(line.trace_id, span.spanContext().traceId);
    assert.equal(line.span_id, span.spanContext().spanId);
  });

  it('shows no password, token or authorization, at the top or inside', () => {
    const line = logLine((logger) => {
      logger.info({
        password: 'hunter22',
        request: { headers: { authorization: 'Bearer hunter22' } },
        body: { refreshToken: 'hunter22', cardNumber: 'hunter22' },
      });
    });
    assert.ok(!JSON.stringify(line).includes('hunter22'));
    assert.equal(line.password, '[redacted]');
  });

  it('shows an error with its message and stack', () => {
    const line = logLine((logger) => logger.error({ error: new Error('broken') }, 'Failed'));
    assert.equal((line.error as { message: string }).message, 'broken');
    assert.match((line.error as { stack: string }).stack, /logger\.test/);
  });
});
