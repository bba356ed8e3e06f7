import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Manifest } from '../src/manifest';
import { findModel, problemsOf } from '../src/models/find-model';
import { typecheck } from '../src/models/typecheck';

const deployment = (container: object): Manifest => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'payments' },
  spec: {
    selector: { matchLabels: { a: 'b' } },
    template: {
      metadata: { labels: { a: 'b' } },
      spec: { containers: [{ name: 'payments', ...container }] },
    },
  },
});
const scaled: Manifest = {
  apiVersion: 'keda.sh/v1alpha1',
  kind: 'ScaledObject',
  metadata: { name: 'payments' },
  spec: { scaleTargetRef: { name: 'payments' }, triggers: [], minReplicas: 2 },
};

const model = (manifest: Manifest) => {
  const found = findModel(manifest.apiVersion, manifest.kind);
  assert.ok(found);
  return found;
};
const typed = (manifest: Manifest) => ({ manifest, model: model(manifest), label: 'it' });

test('the schema finds a wrong type', async () => {
  const good = deployment({ image: 'a:1' });
  assert.deepEqual(await problemsOf(good, model(good)), []);
  const wrong = deployment({ image: 5 });
  assert.match((await problemsOf(wrong, model(wrong))).join(), /image.*must be string/);
});

test('the compiler finds a field that does not exist, in custom resources too', () => {
  const problems = typecheck([
    typed(deployment({ image: 'a:1', readinesProbe: {} })),
    typed(scaled),
    typed(deployment({ image: 'a:1', readinessProbe: { grpc: { port: 9090 } } })),
  ]);
  assert.equal(problems.length, 2);
  assert.match(problems.join('\n'), /readinesProbe/);
  assert.match(problems.join('\n'), /minReplicas/);
});

test('a kind that no package describes is not found', () => {
  assert.equal(findModel('kafka.strimzi.io/v1', 'Kafka'), undefined);
});
