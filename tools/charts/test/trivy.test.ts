import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, describe, test } from 'node:test';
import { helmOrKubectlMissing } from '../src/kustomize';
import type { Manifest } from '../src/manifest';
import { installEverything } from '../src/install';
import { services } from '../src/matrix';
import { inRepository, isInRepository } from '../src/repository';
import {
  ignores,
  readIgnored,
  scanWithTrivy,
  trivyMissing,
  type Misconfiguration,
} from '../src/trivy';
import { nothing } from './nothing';

// Kinds that Trivy has checks for; one look at each takes it a quarter of a second.
const JUDGED =
  /^(Deployment|StatefulSet|DaemonSet|Job|CronJob|Pod|Rollout|Role|ClusterRole|RoleBinding|ClusterRoleBinding|Service|ConfigMap|Namespace)$/;
const DOCKERFILES = ['Dockerfile', 'tools/cluster/journeys.Dockerfile'];

// What no check of Trivy looks at: objects that differ in nothing else are looked at once.
const PASSED_OVER = new Set([
  ...['annotations', 'labels', 'matchLabels', 'selector', 'name', 'replicas', 'env', 'envFrom'],
  ...['args', 'cpu', 'memory', 'affinity', 'topologySpreadConstraints', 'strategy'],
]);

/** What is left of an object for Trivy, without names of services, digests and numbers of versions. */
function judgedPart({ kind, data, ...rest }: Manifest): string {
  const names = new RegExp(`${services().join('|')}|[0-9a-f]{64}`, 'g');
  const text = JSON.stringify(rest, (key, value: unknown) => {
    if (PASSED_OVER.has(key)) return undefined;
    return key === 'image' && typeof value === 'string' ? value.replaceAll(/\d+/g, '') : value;
  });
  return `${kind} ${text} ${JSON.stringify(data ?? {}).replaceAll(/\d+/g, '')}`.replaceAll(
    names,
    '',
  );
}

const oneOfEach = (objects: readonly Manifest[]): Manifest[] => [
  ...new Map(objects.map((object) => [judgedPart(object), object])).values(),
];

// So that a scan which finds nothing at all is noticed.
const BAD: Manifest = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'bad', namespace: 'shop' },
  spec: { containers: [{ name: 'a', image: 'a:latest', securityContext: { privileged: true } }] },
};

describe('Trivy', { skip: helmOrKubectlMissing() || trivyMissing() }, () => {
  let found: readonly Misconfiguration[] = [];
  const ignored = readIgnored();

  before(async () => {
    const { installations } = await installEverything();
    const objects = installations
      .flatMap((installation) => installation.objects)
      .filter(({ kind }) => JUDGED.test(kind));
    const dockerfiles = Object.fromEntries(
      DOCKERFILES.filter(isInRepository).map((path): [string, string] => [
        path,
        readFileSync(inRepository(path), 'utf8'),
      ]),
    );
    found = await scanWithTrivy([...oneOfEach(objects), BAD], dockerfiles);
  });

  test('finds nothing in what is installed but what is ignored on purpose', () => {
    const left = found.filter(
      (each) => each.object !== 'Pod/bad' && !ignored.some((entry) => ignores(entry, each)),
    );
    const lines = left.map(
      ({ id, severity, object, message }) => `${id} ${severity} ${object}: ${message}`,
    );
    nothing([...new Set(lines)], 'tools/charts/README.md says how to exempt');
  });

  test('finds what is wrong', () => {
    const ids = found.filter(({ object }) => object === 'Pod/bad').map(({ id }) => id);
    assert.ok(ids.includes('KSV017'), `privileged is not among ${ids.join()}`);
  });

  test('every entry of the list is needed', () => {
    const idle = ignored.filter((entry) => !found.some((each) => ignores(entry, each)));
    nothing(
      idle.map(({ id, object }) => `${id}, ${object}`),
      'not needed: take them out of trivy-ignore.yaml',
    );
  });
});
