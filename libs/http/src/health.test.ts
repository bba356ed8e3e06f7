import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createAdminServer } from './admin-server';
import { HealthState } from './health';

interface Report {
  status: string;
  waitingFor?: string;
  dependencies: Record<string, { status: string; reason?: string }>;
}

describe('the admin port', () => {
  const health = new HealthState();
  const server = createAdminServer({ host: '127.0.0.1', port: 0, health });
  let base = '';

  before(async () => {
    base = `http://127.0.0.1:${await server.listen()}`;
  });
  after(() => server.drain(1_000));

  const ready = async () => {
    const answer = await fetch(`${base}/readyz`);
    return { code: answer.status, ...((await answer.json()) as Report) };
  };

  it('is alive from the start and not ready, with what it waits for', async () => {
    assert.equal((await fetch(`${base}/livez`)).status, 200);
    health.setWaitingFor('the database');
    const { code, status, waitingFor } = await ready();
    assert.deepEqual([code, status, waitingFor], [503, 'starting', 'the database']);
  });

  it('stays ready when a dependency goes away, and says that it is away', async () => {
    health.addDependency('database', () => Promise.reject(new Error('connection refused')));
    health.addDependency('kafka', () => Promise.resolve());
    health.setReady(true);
    const { code, status, waitingFor, dependencies } = await ready();
    assert.deepEqual([code, status, waitingFor], [200, 'ready', undefined]);
    assert.deepEqual(dependencies.database, { status: 'down', reason: 'connection refused' });
    assert.deepEqual(dependencies.kafka, { status: 'up' });
  });

  it('counts a dependency that does not answer as down', async () => {
    health.addDependency('slow', () => new Promise(() => undefined));
    assert.match((await ready()).dependencies.slow!.reason!, /no answer within 1000 ms/);
  });

  it('shows metrics, the state of dependencies among them', async () => {
    const answer = await fetch(`${base}/metrics`);
    assert.match(answer.headers.get('content-type')!, /^text\/plain/);
    const text = await answer.text();
    assert.match(text, /^dependency_up\{dependency="database"\} 0$/m);
    assert.match(text, /^dependency_up\{dependency="kafka"\} 1$/m);
    assert.match(text, /^process_cpu_seconds_total /m);
  });

  it('has no other routes and takes no other methods', async () => {
    assert.equal((await fetch(`${base}/`)).status, 404);
    assert.equal((await fetch(`${base}/livez`, { method: 'POST' })).status, 405);
  });

  it('is not ready, for good, once draining', async () => {
    health.setDraining();
    health.setReady(true);
    const { code, status } = await ready();
    assert.deepEqual([code, status], [503, 'draining']);
    assert.equal((await fetch(`${base}/livez`)).status, 200);
  });
});
