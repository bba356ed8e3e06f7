import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { helmMissing } from '../../src/helm';
import { render } from '../../src/render';
import type { Values } from '../../src/values';
import { bare, blueGreen, canary, rendered, route } from './service-chart';

const scaled = { enabled: true, maxReplicas: 9 };
const colors = (blue: object, green: object = { replicas: 0 }) => ({ colors: { blue, green } });

/** Values that cannot work together, and the beginning of what is said about them. */
const impossible: [service: string, values: Values, said: RegExp][] = [
  ['users', { autoscaling: { ...scaled, external: 'keda' } }, /two would set the number/],
  ['users', { autoscaling: { ...scaled, cpuPercent: 0 } }, /autoscaling is enabled without a/],
  ['users', { autoscaling: { ...scaled, maxReplicas: 2 } }, /there is nothing to scale/],
  ['users', { release: { activeColor: 'blue' } }, /values of blueGreen are set: keep one/],
  ['users', { release: colors({ replicas: 1, tag: '1' }) }, /values of blueGreen are set: keep/],
  ['users', { release: { canary: { replicas: 1, tag: '1' } } }, /a canary is set: keep one/],
  [
    'users',
    blueGreen({ canary: { replicas: 1, tag: '1' } }),
    /strategy is blueGreen, and a canary is set: keep one/,
  ],
  ['users', blueGreen({ activeColor: '' }), /set release.activeColor to blue or green/],
  ['users', blueGreen(colors({ replicas: 1 })), /release.colors.blue has replicas and no image/],
  ['users', blueGreen(colors({ replicas: 0 })), /has no replicas: nobody would answer/],
  [
    'users',
    blueGreen({ ...colors({ replicas: 1, tag: '1' }), consumersIn: 'green' }),
    /green has no replicas: events would wait/,
  ],
  [
    'users',
    { ...blueGreen(), autoscaling: { enabled: true, maxReplicas: 3 } },
    /release.colors.green.replicas, its minimum, is not below/,
  ],
  ['payments', canary({ weight: 10 }), /weight has no effect on a gRPC service/],
  ['gateway', canary({ weight: 10 }), /release.canary.weight needs something that splits traffic/],
  ['gateway', canary({}, { httpRoute: route }), /say its share by release.canary.weight/],
  [
    'gateway',
    canary({ weight: 10, replicas: 0 }, { httpRoute: route }),
    /to a canary without replicas/,
  ],
  ['users', canary({ tag: '' }), /release.canary has replicas and no image/],
  [
    'users',
    { autoscaling: { external: 'keda' }, storage: { size: '1Gi' } },
    /a volume that one pod can have, and autoscaling.external=keda would add others/,
  ],
  [
    'users',
    { callGraph: { nodes: { users: { absent: true } } } },
    /this environment has no users \(absent: true\)/,
  ],
  [
    'users',
    { ...blueGreen(), storage: { size: '1Gi' } },
    /release.strategy blueGreen needs a second one: set it to rolling/,
  ],
  ['users', { image: {} }, /No image is chosen: set image.tag or image.digest/],
  ['users', { settings: { DRAIN_DELAY_MS: '1' } }, /settings.DRAIN_DELAY_MS is computed/],
  ['users', { kafka: { tls: { enabled: true } } }, /topics.enabled is for a Kafka without TLS/],
  [
    'users',
    { callGraph: { nodes: { users: { calls: ['auht'] } } } },
    /users calls auht, which has no port in the call graph/,
  ],
];

/** Values that the schema refuses, with the name of what is wrong. */
const malformed: [values: Values, said: RegExp][] = [
  [{ replica: 3 }, /replica/],
  [{ image: { tag: 'latest' } }, /image\/tag|image\.tag/],
  [{ image: { tag: 12 } }, /image\/tag|image\.tag/],
  [{ image: { digest: 'sha256:abc' } }, /image\/digest|image\.digest/],
  [{ settings: { log_level: 'info' } }, /log_level/],
  [{ replicas: 0 }, /replicas/],
  [{ release: { activeColor: 'red' } }, /activeColor/],
  [{ release: { canary: { weight: 101 } } }, /weight/],
  [{ resources: { limits: { memory: '1G' } } }, /memory/],
  [{ resources: { requests: { cpu: '0' } } }, /cpu/],
  [{ pdb: { maxUnavailable: 0 } }, /maxUnavailable/],
  [{ httpRoute: { enabled: true, parentRefs: [] } }, /parentRefs/],
  [{ callGraph: { nodes: { users: { port: 9090, call: [] } } } }, /call/],
  [{ httpRoute: { streams: ['events'] } }, /streams/],
  [{ security: { privileged: true } }, /privileged/],
];

describe('what the chart refuses', { skip: helmMissing() }, () => {
  for (const [service, values, said] of impossible) {
    test(`${service}: ${said.source}`, async () => {
      await assert.rejects(rendered(service, values), (error: Error) => {
        assert.match(error.message, said);
        // One sentence (or two), not a stack of templates.
        assert.ok(error.message.length < 500, error.message);
        return true;
      });
    });
  }

  test('a release without the call graph, or that is not in it', async () => {
    await assert.rejects(
      render({ chart: 'service', release: 'users', values: [], override: { image: { tag: '1' } } }),
      /The call graph is missing: add -f helm\/call-graph.yaml/,
    );
    await assert.rejects(
      bare('ledger', { image: { tag: '1' } }),
      /ledger is not in the call graph/,
    );
  });

  for (const [values, said] of malformed) {
    test(`by its schema: ${JSON.stringify(values)}`, async () => {
      const tagged = { image: { tag: '1' }, ...values };
      await assert.rejects(bare('users', tagged), (error: Error) => {
        assert.match(error.message, /values don't meet the specifications of the schema/);
        assert.match(error.message, said);
        return true;
      });
    });
  }

  test('nothing that a parent chart sets as global', async () => {
    const objects = await bare('users', { image: { tag: '1' }, global: { anything: true } });
    assert.ok(objects.length > 0);
  });
});
