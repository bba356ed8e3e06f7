import assert from 'node:assert/strict';
import type { IDeploymentSpec } from 'kubernetes-models/apps/v1/DeploymentSpec';
import type { IServiceSpec } from 'kubernetes-models/v1/ServiceSpec';
import type { Manifest } from '../../src/manifest';
import { render, type Environment } from '../../src/render';
import type { Values } from '../../src/values';

/** What the chart makes of a service, with these values over those of its files. */
export function rendered(
  service: string,
  override: Values = {},
  env: Environment = 'ci',
): Promise<Manifest[]> {
  return render({
    chart: 'service',
    release: service,
    values: ['helm/call-graph.yaml', `helm/values/${service}.yaml`],
    env,
    override: env === 'ci' || env === 'local' ? { image: { tag: '1.2.3' }, ...override } : override,
  });
}

/** The same without the files: nothing but the call graph and the chart's defaults. */
export const bare = (release: string, override: Values) =>
  render({ chart: 'service', release, values: ['helm/call-graph.yaml'], override });

/** The object of this kind and name. Throws when there is none. */
export function find(objects: readonly Manifest[], kind: string, name: string): Manifest {
  const found = objects.find((object) => object.kind === kind && object.metadata.name === name);
  assert.ok(found, `no ${kind}/${name} among ${namesOf(objects, kind).join(', ') || 'none'}`);
  return found;
}

export const namesOf = (objects: readonly Manifest[], kind: string) =>
  objects
    .filter((object) => object.kind === kind)
    .map(({ metadata }) => metadata.name)
    .sort();

export const deployment = (objects: readonly Manifest[], name: string) =>
  find(objects, 'Deployment', name).spec as IDeploymentSpec;

export const podOf = (objects: readonly Manifest[], name: string) =>
  deployment(objects, name).template.spec!;

export const settingsOf = (objects: readonly Manifest[], name: string) =>
  find(objects, 'ConfigMap', name).data as Record<string, string>;

export const selectorOf = (objects: readonly Manifest[], name: string) =>
  (find(objects, 'Service', name).spec as IServiceSpec).selector;

interface Rule {
  matches: { path: { type: string; value: string } }[];
  timeouts: { request: string };
  backendRefs: { name: string; weight?: number }[];
}

/** The rules of a route. */
export const rulesOf = (objects: readonly Manifest[], name: string) =>
  (find(objects, 'HTTPRoute', name).spec as { rules: Rule[] }).rules;

/** Whom the route leads to, with the weights: the same by every rule. */
export function backendsOf(objects: readonly Manifest[], name: string) {
  const [first, ...others] = rulesOf(objects, name).map(({ backendRefs }) =>
    backendRefs.map((backend) => [backend.name, backend.weight] as const),
  );
  for (const other of others) assert.deepEqual(other, first);
  return first!;
}

/** The labels by which the Services tell one variant's pods from another's. */
export const track = (service: string, name: string) => ({
  'app.kubernetes.io/name': service,
  'quayside.dev/track': name,
});

const digest = (digit: string) => `sha256:${digit.repeat(64)}`;
export const BLUE = digest('b');
export const GREEN = digest('a');

/** Values of blue-green with both colours running, blue active. */
export const blueGreen = (more: Values = {}): Values => ({
  release: {
    strategy: 'blueGreen',
    activeColor: 'blue',
    colors: { blue: { replicas: 2, digest: BLUE }, green: { replicas: 3, digest: GREEN } },
    ...more,
  },
});

/** Values of a canary. */
export const canary = (more: Values = {}, others: Values = {}): Values => ({
  release: { strategy: 'canary', canary: { replicas: 1, tag: '2.0.0', ...more } },
  ...others,
});

export const route = { enabled: true, parentRefs: [{ name: 'quayside' }] };
