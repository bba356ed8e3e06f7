import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, test } from 'node:test';
import { sourcesOf } from '../src/argo';
import { plainManifests } from '../src/install';
import { inRepository, repository } from '../src/repository';
import { nothing } from './nothing';

interface Renovate {
  argocd: { managerFilePatterns: string[] };
  'helm-values': { managerFilePatterns: string[] };
  customManagers: {
    description: string;
    managerFilePatterns: string[];
    matchStrings: string[];
  }[];
}

const { customManagers, ...settings } = JSON.parse(
  readFileSync(inRepository('renovate.json'), 'utf8'),
) as Renovate;

const FOLDERS = ['.github', 'helm', 'tools/cluster'];
const files = FOLDERS.flatMap((folder) =>
  readdirSync(inRepository(folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(repository, join(entry.parentPath, entry.name))),
);

/** The files that Renovate's patterns mean; those between slashes are regular expressions. */
const filesFor = (patterns: readonly string[]) =>
  files.filter((file) => patterns.some((pattern) => new RegExp(pattern.slice(1, -1)).test(file)));

const textOf = (file: string) => readFileSync(inRepository(file), 'utf8');

describe('Renovate', () => {
  for (const { description, managerFilePatterns, matchStrings } of customManagers)
    test(`finds: ${description}`, () => {
      const texts = filesFor(managerFilePatterns).map(textOf);
      for (const match of matchStrings)
        assert.ok(
          texts.some((text) => new RegExp(match).test(text)),
          `${match} fits nothing`,
        );
    });

  test('reads every Application that has a chart of others', () => {
    const known = filesFor(settings.argocd.managerFilePatterns);
    const having = files.filter(
      (file) =>
        file.startsWith('helm/platform/argocd') &&
        !file.endsWith('kustomization.yaml') &&
        plainManifests(file).some((manifest) => sourcesOf(manifest).some(({ chart }) => chart)),
    );
    assert.ok(having.length > 5);
    nothing(having.filter((file) => !known.includes(file)));
  });

  test('sees every version that an action of a workflow installs', () => {
    const versions = files
      .filter((file) => file.startsWith('.github/workflows/'))
      .flatMap((file) => textOf(file).match(/^ +\w*version: v\d.*$/gm) ?? []);
    assert.ok(versions.length > 3);
    nothing(versions.filter((line) => !line.includes('# renovate: ')));
  });

  test('reads the images of values that are not called values.yaml', () => {
    const known = filesFor(settings['helm-values'].managerFilePatterns);
    const having = files.filter(
      (file) =>
        /^helm\/(overlays|platform)\/[^/]+\/[\w-]*values[\w-]*\.yaml$/.test(file) &&
        !file.endsWith('/values.yaml') &&
        /^\s+image: \S+:\S+@sha256:/m.test(textOf(file)),
    );
    assert.ok(having.length > 0);
    nothing(having.filter((file) => !known.includes(file)));
  });

  test('Envoy Gateway has one version, on laptops and in production', () => {
    const [, laptops] =
      /envoyGateway: '([^']+)'/.exec(textOf('tools/cluster/src/prepare.ts')) ?? [];
    const application = textOf('helm/platform/argocd/platform/base/envoy-gateway.yaml');
    assert.equal(/targetRevision: (v\S+)/.exec(application)?.[1], laptops);
  });
});
