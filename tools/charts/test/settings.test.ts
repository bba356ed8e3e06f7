import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wrongSettings } from '../src/links/settings';
import type { Manifest } from '../src/manifest';

const SECRETS = ['DATABASE_URL', 'SERVICE_TOKEN_SECRET'];
const settings = {
  ADMIN_PORT: '9464',
  KAFKA_BROKERS: 'kafka:9092',
  NODE_OPTIONS: '',
  OTEL_SERVICE_NAME: 'payments',
};

async function problems(data: Record<string, string>, args = ['main.js'], name = 'payments') {
  const container = {
    name,
    image: `ghcr.io/quayside/${name}:1`,
    args,
    envFrom: [{ configMapRef: { name } }],
    env: SECRETS.map((name) => ({ name: `${name}_FILE`, value: `/secrets/${name}` })),
  };
  const metadata = { name, labels: { 'app.kubernetes.io/instance': name } };
  const objects: Manifest[] = [
    { apiVersion: 'v1', kind: 'ConfigMap', metadata, data },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata,
      spec: { template: { spec: { containers: [container] } } },
    },
  ];
  const found = await wrongSettings({ name: 'a', environment: 'ci', objects, operated: [] });
  return found.map(({ message }) => message).sort();
}

test('settings of the service itself and of all services are known', async () => {
  assert.deepEqual(await problems({ ...settings, IDEMPOTENCY_KEY_HOURS: '48' }), []);
});

test('a name that no service reads, and one that only another service reads', async () => {
  assert.deepEqual(await problems({ ...settings, LOG_LEVLE: 'info', BODY_LIMIT_BYTES: '2048' }), [
    'BODY_LIMIT_BYTES is no setting of it',
    'LOG_LEVLE is no setting of it',
  ]);
});

test('a value that the service would refuse at start', async () => {
  const [said = ''] = await problems({ ...settings, IDEMPOTENCY_KEY_HOURS: '1' });
  assert.match(said, /IDEMPOTENCY_KEY_HOURS is 1: .*24/);
});

test('a setting that is required, and one that is given twice', async () => {
  assert.deepEqual(await problems({ DATABASE_URL: 'postgres://host/name' }), [
    'ADMIN_PORT is required and not set',
    'DATABASE_URL_FILE and DATABASE_URL are both set',
    'KAFKA_BROKERS is required and not set',
  ]);
});

test('what a service does without is not required of it', async () => {
  assert.deepEqual(await problems({ ADMIN_PORT: '9464' }, ['main.js'], 'card-processor'), [
    'API_KEY is required and not set',
    'JOURNAL_FILE is required and not set',
    'WEBHOOK_SECRET is required and not set',
  ]);
});

test('the migration has settings of its own', async () => {
  const said = await problems({ ADMIN_PORT: '9464' }, ['main.js', 'migrate']);
  assert.ok(said.includes('MIGRATION_DATABASE_URL is required and not set'));
  assert.ok(said.includes('ADMIN_PORT is no setting of it'));
});
