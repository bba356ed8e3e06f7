import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, describe, test } from 'node:test';
import { helmOrKubectlMissing } from '../src/kustomize';
import type { Manifest } from '../src/manifest';
import { beside, environmentAsItIs } from '../src/install';
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

/** One of those objects that are the same but for the name of their service and their size. */
function oneOfEach(objects: readonly Manifest[]): Manifest[] {
  const names = new RegExp(`${services().join('|')}|"(cpu|memory)":"[^"]+"`, 'g');
  const kinds = objects.map((object): [string, Manifest] => [
    JSON.stringify(object).replaceAll(names, ''),
    object,
  ]);
  return [...new Map(kinds).values()];
}

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
    // Production as it is, and what stands beside the services on a laptop. Other forms: our own rules judge them.
    const production = await environmentAsItIs('production');
    const installed = [...production.objects, ...(await beside('local'))];
    const objects = installed.filter(({ kind }) => JUDGED.test(kind));
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
