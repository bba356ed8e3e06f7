import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Manifest } from '../src/manifest';
import { findModel, problemsOf } from '../src/models/find-model';
import { keptProblems, keyOf, readSchemas } from '../src/models/kept-schemas';
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

const topic = (spec: object): Manifest => ({
  apiVersion: 'kafka.strimzi.io/v1',
  kind: 'KafkaTopic',
  metadata: { name: 'payments.payment.v1' },
  spec,
});

function keptOf(manifest: Manifest): string[] {
  const schema = readSchemas().get(keyOf(manifest));
  assert.ok(schema);
  return keptProblems(manifest, schema);
}

test('a kind that no package describes is checked by its schema, unknown fields and wrong values too', () => {
  assert.equal(findModel('kafka.strimzi.io/v1', 'KafkaTopic'), undefined);
  const good = { partitions: 3, replicas: 3, config: { 'retention.ms': 1000 } };
  assert.deepEqual(keptOf(topic(good)), []);
  assert.deepEqual(keptOf(topic({ ...good, partition: 3 })), ['.spec.partition does not exist']);
  assert.deepEqual(keptOf(topic({ ...good, partitions: 0 })), [
    `.spec.partitions is not between 1 and Infinity`,
  ]);
  assert.deepEqual(keptOf(topic({ ...good, replicas: '3' })), [
    '.spec.replicas is string, not integer',
  ]);
});

test('what was left out of a schema is not taken for right', () => {
  const kafka = {
    apiVersion: 'kafka.strimzi.io/v1',
    kind: 'Kafka',
    metadata: { name: 'quayside' },
    spec: { kafka: { listeners: [], rack: { topologyKey: 'zone' } } },
  };
  assert.deepEqual(keptOf(kafka), [
    '.spec.kafka.rack was left out of schemas/: make its file anew',
  ]);
});

test('a name out of an enumeration, and an entry that is missing', () => {
  const server = (spec: object): Manifest => ({
    apiVersion: 'policy.linkerd.io/v1beta3',
    kind: 'Server',
    metadata: { name: 'payments' },
    spec: { podSelector: { matchLabels: { a: 'b' } }, ...spec },
  });
  assert.deepEqual(keptOf(server({ port: 'grpc', proxyProtocol: 'grpc' })), [
    '.spec.proxyProtocol is none of unknown, HTTP/1, HTTP/2, gRPC, opaque, TLS',
  ]);
  assert.deepEqual(keptOf(server({})), ['.spec.port is missing']);
});
