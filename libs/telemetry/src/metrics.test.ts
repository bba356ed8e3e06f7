import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { metrics } from './metrics';

describe('metrics', () => {
  it('gives the same metric to everyone who asks for its name', async () => {
    metrics.counter('orders_total', 'Orders', ['kind']).inc({ kind: 'paid' });
    metrics.counter('orders_total', 'Orders', ['kind']).inc({ kind: 'paid' });
    assert.match(await metrics.registry.metrics(), /^orders_total\{kind="paid"\} 2$/m);
  });

  it('refuses a name that is already another kind', () => {
    metrics.counter('mixed_total', 'One');
    assert.throws(() => metrics.gauge('mixed_total', 'Two'), /mixed_total.*another kind/);
  });

  it('asks a gauge for its value at every scrape', async () => {
    let waiting = 3;
    metrics.gauge('waiting', 'Waiting', [], (gauge) => gauge.set(waiting));
    assert.match(await metrics.registry.metrics(), /^waiting 3$/m);
    waiting = 4;
    assert.match(await metrics.registry.metrics(), /^waiting 4$/m);
  });

  it('measures durations in seconds, from a millisecond to ten seconds', async () => {
    metrics.histogram('took_seconds', 'Took').observe(0.0008);
    const text = await metrics.registry.metrics();
    assert.match(text, /took_seconds_bucket\{le="0.001"\} 1/);
    assert.match(text, /took_seconds_bucket\{le="10"\} 1/);
  });

  it('shows the process and its event loop', async () => {
    const text = await metrics.registry.metrics();
    assert.match(text, /^process_resident_memory_bytes \d/m);
    assert.match(text, /^nodejs_eventloop_lag_p99_seconds \d/m);
  });
});
