import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { IPersistentVolumeClaimSpec } from 'kubernetes-models/v1/PersistentVolumeClaimSpec';
import { helmMissing } from '../../src/helm';
import type { Values } from '../../src/values';
import { bare, deployment, find, namesOf, podOf, rendered, settingsOf } from './service-chart';

/** An app that nothing here knows: an outside company that keeps a file, and calls us back. */
const nodes = {
  acquirer: { port: 8090, serves: 'http', calls: ['dns', 'gateway'] },
  payments: { calls: ['dns', 'auth', 'acquirer', 'postgres-payments', 'kafka'] },
};
const image = { tag: '1.0.0' };

const acquirer = (more: Values = {}) => bare('acquirer', { image, callGraph: { nodes }, ...more });

describe(
  'a further app is one more values file and a node of the call graph',
  {
    skip: helmMissing(),
  },
  () => {
    test('without a database it has no migration and no credentials of one', async () => {
      const objects = await acquirer();
      assert.deepEqual(namesOf(objects, 'Job'), []);
      const env = podOf(objects, 'acquirer').containers[0]!.env!.map(({ name }) => name);
      assert.ok(!env.includes('DATABASE_URL_FILE'));
      const secret = podOf(objects, 'acquirer').volumes!.find(({ name }) => name === 'secrets');
      assert.deepEqual(
        secret!.secret!.items!.map(({ key }) => key),
        ['service-token-secret'],
      );
    });

    test('its secrets are its own: what it does not have is taken out of the list', async () => {
      const files = { SERVICE_TOKEN_SECRET: null, API_KEY: 'api-key' };
      const pod = podOf(await acquirer({ secrets: { files } }), 'acquirer');
      const named = pod.containers[0]!.env!.map(({ name }) => name).sort();
      assert.deepEqual(named, ['API_KEY_FILE', 'NODE_OPTIONS']);
    });

    test('without Kafka it hears nothing of it, whatever the environment says', async () => {
      const kafka = { tls: { enabled: true } };
      const objects = await acquirer({ kafka, topics: { enabled: true } });
      const settings = Object.keys(settingsOf(objects, 'acquirer'));
      assert.deepEqual(
        settings.filter((name) => name.startsWith('KAFKA') || name === 'CONSUMERS'),
        [],
      );
      const volumes = podOf(objects, 'acquirer').volumes!.map(({ name }) => name);
      assert.ok(!volumes.includes('kafka'));
      assert.deepEqual(namesOf(objects, 'Job'), []);
    });

    test('what it serves and whom it calls come from the graph, and so do the settings of its callers', async () => {
      const own = settingsOf(await acquirer(), 'acquirer');
      // The entrance is no service to it: where it calls back is a setting with a name of its own.
      assert.deepEqual(
        [own.HTTP_PORT, own.GRPC_PORT, own.GATEWAY_URL],
        ['8090', undefined, undefined],
      );
      const callers = settingsOf(await rendered('payments', { callGraph: { nodes } }), 'payments');
      assert.equal(callers.ACQUIRER_URL, 'http://acquirer.quayside.svc:8090');
      assert.equal(callers.ACQUIRER_ADDRESS, undefined);
      assert.equal(callers.AUTH_ADDRESS, 'dns:///auth-headless.quayside.svc:9090');
    });

    test('is not reached from outside because it serves HTTP', async () => {
      const httpRoute = { enabled: true, parentRefs: [{ name: 'quayside' }] };
      const objects = await acquirer({ httpRoute });
      assert.deepEqual(namesOf(objects, 'HTTPRoute'), []);
      assert.equal(settingsOf(objects, 'acquirer').TRUSTED_PROXY_HOPS, undefined);
    });

    test('may keep files on a volume, with one pod at a time', async () => {
      const objects = await acquirer({
        storage: { size: '2Gi', path: '/var/lib/cards' },
      });
      const claim = find(objects, 'PersistentVolumeClaim', 'acquirer');
      assert.equal((claim.spec as IPersistentVolumeClaimSpec).resources!.requests!.storage, '2Gi');
      assert.equal(claim.metadata.annotations!['helm.sh/resource-policy'], 'keep');
      assert.equal(deployment(objects, 'acquirer').strategy!.type, 'Recreate');
      const pod = podOf(objects, 'acquirer');
      const mounts = pod.containers[0]!.volumeMounts!;
      assert.equal(mounts.find(({ name }) => name === 'data')!.mountPath, '/var/lib/cards');
      const { persistentVolumeClaim } = pod.volumes!.find(({ name }) => name === 'data')!;
      assert.equal(persistentVolumeClaim!.claimName, 'acquirer');
      assert.deepEqual(namesOf(await acquirer(), 'PersistentVolumeClaim'), []);
    });

    test('with a volume it is one pod, whatever an environment says for all', async () => {
      const everywhere = { replicas: 3, autoscaling: { enabled: true, maxReplicas: 8 } };
      const objects = await acquirer({ ...everywhere, storage: { size: '1Gi' } });
      assert.equal(deployment(objects, 'acquirer').replicas, 1);
      assert.deepEqual(namesOf(objects, 'HorizontalPodAutoscaler'), []);
      const others = await acquirer(everywhere);
      assert.deepEqual(namesOf(others, 'HorizontalPodAutoscaler'), ['acquirer']);
    });

    test('without a database it is not told what an environment says of databases', async () => {
      const settings = { DATABASE_POOL_SIZE: '5', SLOW_ANSWER_MS: '1' };
      const own = settingsOf(await acquirer({ settings }), 'acquirer');
      assert.deepEqual([own.DATABASE_POOL_SIZE, own.SLOW_ANSWER_MS], [undefined, '1']);
      const stores = settingsOf(await rendered('payments', { settings }), 'payments');
      assert.equal(stores.DATABASE_POOL_SIZE, '5');
    });

    test('takes part in mTLS between services when it serves gRPC or calls what does', async () => {
      const tls = { enabled: true };
      const tlsOf = async (calls: string[]) => {
        const graph = { nodes: { ...nodes, acquirer: { ...nodes.acquirer, calls } } };
        const objects = await acquirer({ tls, callGraph: graph });
        const volumes = podOf(objects, 'acquirer').volumes!.map(({ name }) => name);
        const { TLS_CERT_FILE: file } = settingsOf(objects, 'acquirer');
        assert.equal(volumes.includes('tls'), file !== undefined);
        return file;
      };
      assert.equal(await tlsOf(['dns', 'gateway', 'telemetry']), undefined);
      assert.equal(await tlsOf(['dns', 'users']), '/etc/quayside/tls/tls.crt');
    });

    test('with a database it migrates, and with Kafka it makes topics, by the graph alone', async () => {
      const ledger = {
        ledger: { port: 9090, calls: ['dns', 'postgres-ledger', 'kafka'] },
        'ledger-migrate': { calls: ['dns', 'postgres-ledger'] },
        'ledger-topics': { calls: ['dns', 'kafka'] },
        'postgres-ledger': { port: 5432 },
      };
      const objects = await bare('ledger', {
        image,
        callGraph: { nodes: ledger },
        topics: { enabled: true },
      });
      assert.deepEqual(namesOf(objects, 'Job'), ['ledger-migrate', 'ledger-topics']);
      assert.equal(settingsOf(objects, 'ledger').KAFKA_BROKERS, 'kafka:9092');
    });
  },
);
