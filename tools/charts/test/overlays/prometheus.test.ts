import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { helmMissing } from '../../src/helm';
import { selects, type Selector } from '../../src/selector';
import { render } from '../../src/render';
import { workloadsOf } from '../../src/workload';
import { namesOf, find } from '../service/service-chart';
import { beside } from './overlay';

/** The overlays whose operator asks Prometheus, with the values that make it ask and let it in. */
const ASKING = [
  { overlay: 'keda', values: { prometheus: { threshold: 50, admit: true } }, from: 'keda' },
  { overlay: 'argo-rollouts', values: { analysis: { admit: true } }, from: 'argo-rollouts' },
];

describe('operators that ask Prometheus', { skip: helmMissing() }, () => {
  for (const { overlay, values, from } of ASKING) {
    test(`${overlay} is let in to the one of observability-local`, async () => {
      const observability = await render({
        chart: 'observability-local',
        release: 'observability-local',
        values: [],
        namespace: 'observability',
      });
      const prometheus = workloadsOf(observability).find(
        ({ manifest }) => manifest.metadata.name === 'prometheus',
      )!;
      const objects = await beside(overlay, { service: 'payments', ...values });
      const policy = find(objects, 'NetworkPolicy', `payments-${overlay}-prometheus`);
      assert.equal(policy.metadata.namespace, prometheus.namespace);
      const { podSelector, ingress } = policy.spec as { podSelector: Selector; ingress: unknown };
      assert.ok(selects(podSelector, prometheus.labels));
      assert.match(JSON.stringify(ingress), new RegExp(`metadata.name":"${from}"`));
      // The address that is asked leads there.
      const { ports } = find(observability, 'Service', 'prometheus').spec as {
        ports: { port: number }[];
      };
      const address = `http://prometheus.observability.svc:${ports[0]!.port}`;
      assert.ok(JSON.stringify(objects).includes(address));
    });

    test(`${overlay} adds no policy unless it is told to: a first one would close Prometheus`, async () => {
      const quiet = JSON.parse(JSON.stringify(values).replace('true', 'false')) as object;
      const objects = await beside(overlay, { service: 'payments', ...quiet });
      assert.deepEqual(namesOf(objects, 'NetworkPolicy'), []);
    });
  }
});
