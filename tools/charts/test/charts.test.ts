import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { judge, readExemptions, type Exemption } from '../src/exemptions';
import { chartFolders, kustomizeFolders } from '../src/charts';
import { checklist } from '../src/hardening/checklist';
import { installEverything } from '../src/install';
import type { Installation } from '../src/installation';
import { builtFolders, helmOrKubectlMissing } from '../src/kustomize';
import { links } from '../src/links/links';
import { environments, serviceRendering, services, servicesIn } from '../src/matrix';
import { checkModels } from '../src/models/check-models';
import { callGraphOf } from '../src/network/call-graph';
import { nodesWithoutPods, reachability } from '../src/network/reachability';
import { renderedCharts } from '../src/render';
import { isInRepository } from '../src/repository';
import { readYaml, valuesOf } from '../src/values';
import { nothing } from './nothing';

const NAMESPACE = 'quayside';

/** The release files that name an image without its digest. */
const undigested = () =>
  ['staging', 'production'].flatMap((environment) =>
    services()
      .map((service) => `helm/releases/${environment}/${service}.yaml`)
      .filter(isInRepository)
      .filter((file) => !(readYaml(file) as { image?: { digest?: string } }).image?.digest),
  );

// All of it in one process: everything is rendered once, and the checks share it.
describe('what the charts render', { skip: helmOrKubectlMissing() }, () => {
  let all: readonly Installation[] = [];
  const exemptions = readExemptions();
  const used = new Set<Exemption>();

  let refused: readonly string[] = [];

  before(async () => {
    ({ installations: all, refused } = await installEverything());
  });

  test('helm and kustomize refuse nothing', () => {
    nothing(refused);
  });

  test('every service in every environment, as it is and in all forms', () => {
    assert.ok(services().length >= 4, 'helm/values has the services');
    assert.deepEqual(environments(), ['ci', 'local', 'production', 'staging']);
    for (const { name, environment, objects } of all) {
      const released = objects
        .filter(({ kind, metadata }) => kind === 'Service' && services().includes(metadata.name))
        .map(({ metadata }) => metadata.name);
      assert.deepEqual(released.sort(), servicesIn(environment), name);
    }
  });

  test('nothing below helm is left out: every chart is rendered, every kustomization built', () => {
    nothing(
      chartFolders().filter((folder) => !renderedCharts().has(folder)),
      'add it to tools/charts/matrix.yaml',
    );
    // What another one includes is built with it.
    const builtIn = kustomizeFolders().filter((folder) => !folder.endsWith('/base'));
    nothing(
      builtIn.filter((folder) => !builtFolders().has(folder)),
      'add it to tools/charts/matrix.yaml',
    );
  });

  for (const rule of [...checklist, ...links]) {
    test(`${rule.id}: ${rule.title}`, async () => {
      const judgement = await judge(rule, all, exemptions);
      judgement.used.forEach((exemption) => used.add(exemption));
      nothing(judgement.broken, 'tools/charts/README.md says how to exempt');
    });
  }

  test('every exemption is needed, is about a rule, and says why', () => {
    const rules = [...checklist, ...links].map(({ id }) => id);
    for (const { rule, reason } of exemptions) {
      assert.ok(rules.includes(rule), `exemptions.yaml names ${rule}, which is no rule`);
      assert.ok(reason.length > 5, `an exemption from ${rule} gives no reason`);
    }
    // The one cause that goes away without a commit of ours: CI writes the first digests.
    const lapsing = exemptions.filter(({ mayLapse }) => mayLapse);
    assert.deepEqual(
      lapsing.map(({ rule }) => rule),
      ['image-digest'],
    );
    for (const each of lapsing) assert.equal(used.has(each), undigested().length > 0);
    const idle = exemptions.filter((each) => !used.has(each) && !each.mayLapse);
    nothing(
      idle.map(({ rule: id, object }) => `${id}, ${object}`),
      'not needed: take them out of exemptions.yaml',
    );
  });

  test('every object fits the schema and the type of its kind', async () => {
    const { objects, problems, unused } = await checkModels(all.flatMap((each) => each.objects));
    assert.ok(objects > 100, 'there is something to check');
    nothing(problems);
    nothing(unused, 'not needed: take them out of the lists in src/models');
  });

  describe('network policies let through what the call graph says, and nothing else', () => {
    const graphOf = ({ environment, form }: Installation) =>
      callGraphOf(valuesOf(serviceRendering(servicesIn(environment)[0] ?? '', environment, form)));

    test('in every environment and form', () => {
      for (const installation of all) {
        const { pairs, differences } = reachability(installation, graphOf(installation), NAMESPACE);
        assert.ok(pairs > 100, `${installation.name}: only ${pairs} pairs were tried`);
        nothing(differences, installation.name);
      }
    });

    test('every node of the call graph is a pod in some environment', () => {
      const everywhere = all.map((each) => nodesWithoutPods(each, graphOf(each), NAMESPACE));
      const [first = [], ...rest] = everywhere;
      const nowhere = first.filter((node) => rest.every((nodes) => nodes.includes(node)));
      nothing(nowhere);
    });
  });
});
