import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { describeSettings } from '@quayside/config';
import { consumerGroups } from '@quayside/contracts';
import { settingsTable } from '@quayside/testing';
import { gatewaySettings } from '../src/config';
import { operationsOf, readDocument } from '../src/http/document';

const folder = join(__dirname, '..');
const readme = readFileSync(join(folder, 'README.md'), 'utf8');
const rows = readme
  .split('\n')
  .filter((line) => line.startsWith('|'))
  .map((line) => line.split('|').map((cell) => cell.trim().replaceAll('`', '')));

test('the table of settings is what the code reads', () => {
  assert.deepEqual(settingsTable(join(folder, 'README.md')), describeSettings(gatewaySettings));
});

test('the routes table has every operation with its scopes', () => {
  for (const { method, path, access } of operationsOf(readDocument(join(folder, 'openapi.yaml')))) {
    const route = `${method.toUpperCase()} ${path}`;
    const row = rows.find(([, first]) => first === route);
    assert.equal(row?.[2], access.kind === 'public' ? 'public' : access.scopes.join(', '), route);
  }
});

test('the topics are those of the consumer groups', () => {
  const { gateway, gatewayRevocations } = consumerGroups;
  for (const { group, topics } of [gateway, gatewayRevocations]) {
    assert.ok(readme.includes(`\`${group}\``));
    for (const { name } of topics) assert.ok(readme.includes(`\`${name}\``));
  }
});

test('the tables of messaging are a copy of those of libs/messaging', () => {
  assert.equal(
    readFileSync(join(folder, 'migrations/0001_messaging.sql'), 'utf8'),
    readFileSync(join(folder, '../../libs/messaging/schema.sql'), 'utf8'),
  );
});
