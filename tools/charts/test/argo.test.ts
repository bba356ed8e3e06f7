import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { describe, test } from 'node:test';
import { fileOf, missingFiles, sourcesOf } from '../src/argo';
import { helmOrKubectlMissing, kustomize } from '../src/kustomize';
import { nameOf, type Manifest } from '../src/manifest';
import { plainManifests } from '../src/install';
import { services } from '../src/matrix';
import { inRepository, isInRepository } from '../src/repository';
import { specOf } from '../src/workload';
import { nothing } from './nothing';

const HOME = 'helm/platform/argocd';
const ENVIRONMENTS = ['staging', 'production'];

interface ApplicationSpec {
  project: string;
  destination: { name?: string; namespace?: string };
  syncPolicy?: { automated?: object };
}

interface ApplicationSetSpec {
  generators: { git?: { files?: { path: string }[] } }[];
  template: { spec: object };
}

const applications = async (environment: string) =>
  (await kustomize(`${HOME}/platform/${environment}`)).filter(({ kind }) => kind === 'Application');

/** The text of a template for one release file: only the expressions that the file uses are known here. */
function filled(text: string, path: string): string {
  const segments = path.split('/');
  const filename = segments.at(-1) ?? '';
  const value = text
    .replaceAll('{{ .path.filename }}', filename)
    .replaceAll('{{ trimSuffix ".yaml" .path.filename }}', filename.replace('.yaml', ''))
    .replaceAll(
      /\{\{ index \.path\.segments (\d) \}\}/g,
      (_, index: string) => segments[Number(index)] ?? '',
    );
  assert.doesNotMatch(value, /\{\{/, 'an expression that this test does not know');
  return value;
}

function releaseFiles(pattern: string): string[] {
  const [folder = ''] = pattern.split('/*');
  return readdirSync(inRepository(folder), { recursive: true, encoding: 'utf8' })
    .map((file) => `${folder}/${file}`)
    .filter((file) => new RegExp(`^${pattern.replaceAll('*', '[^/]+')}$`).test(file));
}

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

  test('every release file becomes an Application whose files are there, in the order of helm', () => {
    const sets = plainManifests(`${HOME}/apps`).filter(({ kind }) => kind === 'ApplicationSet');
    assert.ok(sets.length > 0);
    const made: string[] = [];
    for (const set of sets) {
      const { generators = [], template } = specOf<ApplicationSetSpec>(set);
      const patterns = generators.flatMap(({ git }) => git?.files ?? []).map(({ path }) => path);
      for (const file of patterns.flatMap(releaseFiles)) {
        const text = filled(JSON.stringify(template).replaceAll('\\"', '"'), file);
        const spec = (JSON.parse(text) as { spec: object }).spec;
        const application: Manifest = {
          apiVersion: 'argoproj.io/v1alpha1',
          kind: 'Application',
          metadata: { name: file },
          spec,
        };
        nothing(missingFiles(application), file);
        const [source] = sourcesOf(application);
        assert.equal(source && fileOf(source, source.helm?.valueFiles?.at(-1) ?? ''), file);
        made.push(
          `${specOf<ApplicationSpec>(application).destination?.name ?? ''}/${source?.helm?.releaseName ?? ''}`,
        );
      }
    }
    const wanted = ENVIRONMENTS.flatMap((environment) =>
      services().map((name) => `${environment}/${name}`),
    );
    assert.deepEqual(made.sort(), wanted.sort());
  });
});
