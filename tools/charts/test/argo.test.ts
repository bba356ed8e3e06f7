import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { describe, test } from 'node:test';
import { applicationsOf, type Read } from '../src/application-set';
import { applied, fileOf, missingFiles, sourcesOf } from '../src/argo';
import { helmOrKubectlMissing, kustomize } from '../src/kustomize';
import { nameOf, type Manifest } from '../src/manifest';
import { plainManifests } from '../src/install';
import { servicesIn } from '../src/matrix';
import { inRepository, isInRepository } from '../src/repository';
import { readYaml } from '../src/values';
import { specOf } from '../src/workload';
import { nothing } from './nothing';

const HOME = 'helm/platform/argocd';
const ENVIRONMENTS = ['staging', 'production'] as const;

interface ApplicationSpec {
  project: string;
  destination: { name?: string; namespace?: string };
  syncPolicy?: { automated?: object };
}

const applications = async (environment: string) =>
  (await kustomize(`${HOME}/platform/${environment}`)).filter(({ kind }) => kind === 'Application');

const setNamed = (name: string) =>
  plainManifests(`${HOME}/apps`).find(
    ({ kind, metadata }) => kind === 'ApplicationSet' && metadata.name === name,
  )!;

/** The files of the repository, with these overlays on in staging. */
const withOverlays =
  (overlays: object[]): Read =>
  (path) =>
    path === 'helm/overlays/enabled/staging.yaml'
      ? { overlays }
      : (readYaml(path) as Record<string, unknown>);

const ON = [
  { overlay: 'keda', service: 'users', settings: { prometheus: { threshold: 50 } } },
  { overlay: 'linkerd', service: 'payments', settings: {} },
  { overlay: 'vpa', service: 'auth', settings: {} },
  { overlay: 'vault', service: '', settings: {} },
];

const skip =
  helmOrKubectlMissing() || (!isInRepository(HOME) && 'there is no Argo CD configuration');

describe('what Argo CD is told', { skip }, () => {
  test('every path, values file and parameter file is in the repository', async () => {
    const everywhere = await Promise.all(ENVIRONMENTS.map(applications));
    const all = [
      ...everywhere.flat(),
      ...plainManifests(HOME).filter(({ kind }) => kind === 'Application'),
    ];
    assert.ok(all.length > 10);
    nothing(
      all.flatMap((application) =>
        missingFiles(application).map((file) => `${nameOf(application)}: ${file}`),
      ),
    );
  });

  test('charts of others are of one version each', async () => {
    for (const environment of ENVIRONMENTS)
      for (const application of await applications(environment))
        for (const { chart, targetRevision = '' } of sourcesOf(application))
          if (chart !== undefined) assert.match(targetRevision, /^v?\d+\.\d+\.\d+$/, chart);
  });

  test('an environment has nothing that leads to another', async () => {
    for (const environment of ENVIRONMENTS) {
      const other = ENVIRONMENTS.filter((name) => name !== environment).join();
      for (const application of await applications(environment)) {
        assert.equal(specOf<ApplicationSpec>(application).destination?.name, environment);
        assert.doesNotMatch(JSON.stringify(sourcesOf(application)), new RegExp(other));
      }
    }
  });

  test('staging follows Git by itself, production waits for a person', async () => {
    const automated = (application: Manifest) =>
      specOf<ApplicationSpec>(application).syncPolicy?.automated;
    for (const application of await applications('staging'))
      assert.deepEqual(
        automated(application),
        { prune: true, selfHeal: true },
        nameOf(application),
      );
    for (const application of await applications('production'))
      assert.equal(automated(application), undefined, nameOf(application));
  });

  test('names are unique over the environments', async () => {
    const names = (await Promise.all(ENVIRONMENTS.map(applications))).flat().map(nameOf);
    assert.equal(new Set(names).size, names.length);
  });

  test('each project lets its Applications take from, and bring to, where they do', async () => {
    const projects = plainManifests(`${HOME}/apps`).filter(({ kind }) => kind === 'AppProject');
    const all = (await Promise.all(ENVIRONMENTS.map(applications))).flat();
    for (const application of all) {
      const { project, destination } = specOf<ApplicationSpec>(application);
      const found = projects.find(({ metadata }) => metadata.name === project);
      assert.ok(found, `${nameOf(application)}: no project ${project ?? ''}`);
      const { sourceRepos = [], destinations = [] } = specOf<{
        sourceRepos: string[];
        destinations: { name: string; namespace: string }[];
      }>(found);
      for (const { repoURL } of sourcesOf(application))
        assert.ok(sourceRepos.includes(repoURL), `${nameOf(application)}: ${repoURL}`);
      assert.ok(
        destinations.some(
          ({ name, namespace }) =>
            name === destination?.name && ['*', destination.namespace].includes(namespace),
        ),
        nameOf(application),
      );
    }
  });

  test('every release file becomes an Application whose files are there, in the order of helm', async () => {
    const made = await applicationsOf(setNamed('services'));
    for (const application of made) {
      nothing(missingFiles(application), application.metadata.name);
      const { destination, syncPolicy } = specOf<ApplicationSpec>(application);
      const [source] = sourcesOf(application);
      const { releaseName = '', valueFiles = [] } = source?.helm ?? {};
      const environment = destination?.name ?? '';
      assert.equal(application.metadata.name, `${releaseName}-${environment}`);
      assert.deepEqual(
        valueFiles.map((file) => fileOf(source!, file)),
        [
          'helm/call-graph.yaml',
          `helm/values/${releaseName}.yaml`,
          `helm/values/env/${environment}.yaml`,
          `helm/releases/${environment}/${releaseName}.yaml`,
        ],
      );
      assert.equal(syncPolicy?.automated !== undefined, environment === 'staging');
    }
    const wanted = ENVIRONMENTS.flatMap((environment) =>
      servicesIn(environment).map((name) => `${name}-${environment}`),
    );
    assert.deepEqual(made.map(({ metadata }) => metadata.name).sort(), wanted.sort());
  });

  test('an overlay that is turned on gives its values to the releases it is for, and its chart is installed', async () => {
    const read = withOverlays(ON);
    const last = new Map<string, string>();
    for (const application of await applicationsOf(setNamed('services'), read)) {
      const files = sourcesOf(application)[0]?.helm?.valueFiles ?? [];
      last.set(application.metadata.name, files.slice(4).join());
    }
    const own = (overlay: string) => `../../overlays/${overlay}/service-values.yaml`;
    assert.equal(last.get('users-staging'), `${own('keda')},${own('vault')}`);
    assert.equal(last.get('payments-staging'), `${own('linkerd')},${own('vault')}`);
    assert.equal(last.get('auth-staging'), own('vault'), 'vpa has no values for the service');
    assert.equal(last.get('users-production'), '');

    const made = await applicationsOf(setNamed('overlays'), read);
    assert.deepEqual(
      made.map(({ metadata }) => metadata.name),
      ['users-keda', 'payments-linkerd', 'auth-vpa', 'vault'].map(
        (name) => `overlay-${name}-staging`,
      ),
    );
    for (const application of made) {
      nothing(missingFiles(application), application.metadata.name);
      assert.ok((await applied(application)).length > 0, application.metadata.name);
    }
  });

  test('nothing is on that is not an overlay, and the services know which overlays have values for them', async () => {
    assert.deepEqual(await applicationsOf(setNamed('overlays'), withOverlays([])), []);
    for (const application of await applicationsOf(setNamed('overlays')))
      nothing(missingFiles(application), application.metadata.name);
    const { templatePatch = '' } = specOf<{ templatePatch: string }>(setNamed('services'));
    const [, names = ''] = /\$withValues := list (.*) \}\}/.exec(templatePatch) ?? [];
    const having = readdirSync(inRepository('helm/overlays')).filter((name) =>
      isInRepository(`helm/overlays/${name}/service-values.yaml`),
    );
    assert.deepEqual(names.replaceAll('"', '').split(' '), having.sort());
  });
});
