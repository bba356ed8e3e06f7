import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { allTopics } from '@quayside/contracts';
import { parseManifests } from '../src/manifest';
import { staleTopicFiles, topicFiles } from '../src/topics';

test('the Kafka topics and users in helm/platform are those of the registry', () => {
  assert.deepEqual(staleTopicFiles(), [], 'Run: node --import tsx tools/charts/src/topics.ts');
});

test('a file that was edited or is missing is stale', () => {
  const folder = mkdtempSync(join(tmpdir(), 'quayside-topics-'));
  const { 'topics.yaml': text = '' } = topicFiles();
  writeFileSync(join(folder, 'topics.yaml'), text.replace('partitions: 3', 'partitions: 4'));
  assert.deepEqual(staleTopicFiles(folder), ['topics.yaml', 'users.yaml']);
  rmSync(folder, { recursive: true });
});

test('every topic of the registry is declared once, with its partitions and retention', () => {
  const declared = parseManifests(topicFiles()['topics.yaml'] ?? '', 'topics.yaml').map(
    ({ metadata, spec }) => {
      const { partitions, config } = spec as { partitions: number; config: Record<string, number> };
      return { name: metadata.name, partitions, retentionMs: config['retention.ms'] };
    },
  );
  assert.deepEqual(declared, allTopics());
});

interface Right {
  resource: { type: string; name: string };
  operations: string[];
}

function rightsOf(user: string): string[] {
  const users = parseManifests(topicFiles()['users.yaml'] ?? '', 'users.yaml');
  const found = users.find(({ metadata }) => metadata.name === user);
  assert.ok(found, `no user ${user}`);
  const { authorization } = found.spec as { authorization: { acls: Right[] } };
  return authorization.acls
    .map(({ resource, operations }) => `${operations.join('+')} ${resource.type} ${resource.name}`)
    .sort();
}

test('a service may publish to its own topics and read as its own group, and nothing else', () => {
  assert.deepEqual(rightsOf('auth'), [
    'Read group auth',
    'Read topic users.user.v1',
    'Write topic auth.identity.v1',
    'Write topic auth.session.v1',
    'Write topic auth.users.user.v1.dlq',
  ]);
  assert.deepEqual(rightsOf('payments'), [
    'Read group payments',
    'Read topic users.user.v1',
    'Write topic payments.account.v1',
    'Write topic payments.closure.v1',
    'Write topic payments.payment.v1',
    'Write topic payments.topup.v1',
    'Write topic payments.users.user.v1.dlq',
  ]);
  assert.ok(rightsOf('gateway').every((right) => !/Write topic .*\.v1$/.test(right)));
});
