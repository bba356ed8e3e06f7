import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';

const root = resolve(import.meta.dirname, '../../..');

interface Artifact {
  image: string;
  runtimeType?: string;
  custom?: { buildCommand: string; dependencies: { command: string } };
  docker?: { dockerfile: string; target?: string; buildArgs?: { APP: string } };
  sync?: { manual: { src: string; dest: string; strip: string }[] };
}

interface Release {
  name: string;
  chartPath: string;
  valuesFiles: string[];
  setValueTemplates?: Record<string, string>;
  dependsOn?: string[];
}

interface Patch {
  op: string;
  path: string;
  value?: unknown;
}

interface Config {
  build: { artifacts: Artifact[] };
  deploy: { helm: { concurrency: number; releases: Release[] } };
  profiles: { name: string; build?: { artifacts: Artifact[] }; patches?: Patch[] }[];
}

const config = parse(readFileSync(join(root, 'skaffold.yaml'), 'utf8')) as Config;
const services = readdirSync(join(root, 'helm/values'))
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => file.replace('.yaml', ''))
  .sort();
const { releases, concurrency } = config.deploy.helm;
const appOf = ({ image }: Artifact) => image.split('/').at(-1) ?? '';

test('every service that has values is built and released', () => {
  assert.deepEqual(config.build.artifacts.map(appOf).sort(), services);
  assert.deepEqual(
    releases
      .slice(1)
      .map(({ name }) => name)
      .sort(),
    services,
  );
});

test('infrastructure first, then everything at once', () => {
  assert.equal(concurrency, 0);
  assert.equal(releases[0]?.name, 'infra-local');
  for (const { name, dependsOn } of releases.slice(1)) {
    assert.deepEqual(dependsOn, ['infra-local'], name);
  }
});

test('a release gets the image of its own name', () => {
  for (const { name, setValueTemplates } of releases.slice(1)) {
    // Skaffold writes / - . and : of an image's name as _.
    const variable = `ghcr_io_quayside_${name.replaceAll('-', '_')}`;
    assert.deepEqual(setValueTemplates, {
      'image.repository': `{{.IMAGE_REPO_${variable}}}`,
      'image.tag': `{{.IMAGE_TAG_${variable}}}@{{.IMAGE_DIGEST_${variable}}}`,
    });
  }
});

test('the dev image of an app is made of, and synced from, its own bundle', () => {
  for (const artifact of config.build.artifacts) {
    const app = appOf(artifact);
    assert.match(artifact.custom?.buildCommand ?? '', new RegExp(`--build-arg APP=${app} `));
    const [, program, project] = artifact.custom?.dependencies.command.split(' ') ?? [];
    assert.equal(project, `apps/${app}`);
    assert.ok(existsSync(join(root, program ?? 'none')));
    const folder = `dist/apps/${app}/`;
    assert.deepEqual(artifact.sync?.manual, [{ src: `${folder}**`, dest: '/app', strip: folder }]);
    assert.equal(artifact.runtimeType, 'nodejs');
  }
});

test('the production profiles build the same apps', () => {
  for (const name of ['prod-like', 'ci']) {
    const built = config.profiles.find((profile) => profile.name === name)?.build?.artifacts ?? [];
    const apps = built.filter(({ custom }) => custom?.buildCommand.includes('--target prod '));
    assert.deepEqual(apps.map(appOf).sort(), services, name);
    for (const artifact of apps) {
      const app = appOf(artifact);
      assert.match(artifact.custom?.buildCommand ?? '', new RegExp(`--build-arg APP=${app} `));
      const command = artifact.custom?.dependencies.command;
      assert.equal(command, `node tools/cluster/image-files.mjs apps/${app}`);
    }
  }
});

test('profiles change all services, and nothing that is not there', () => {
  const patches = config.profiles.flatMap(({ name, patches = [] }) =>
    patches.map((patch) => ({ name, ...patch })),
  );
  const ofRelease = /^\/deploy\/helm\/releases\/(\d+)\/(.+)$/;
  const counts = new Map<string, number>();
  for (const { name, path, value } of patches) {
    const [, position, rest] = ofRelease.exec(path) ?? [];
    if (position === undefined || position === '0') continue;
    assert.ok(releases[Number(position)], `${name}: there is no release ${position}`);
    const key = `${name} ${rest} ${JSON.stringify(value)}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  for (const [key, count] of counts) {
    // Only the gateway has a route.
    assert.equal(count, key.includes('route.yaml') ? 1 : services.length, key);
  }
});

test('every file that is named exists', () => {
  const files = releases.flatMap(({ chartPath, valuesFiles }) => [chartPath, ...valuesFiles]);
  const text = readFileSync(join(root, 'skaffold.yaml'), 'utf8');
  const named = text.match(/(?:tools|helm)\/[\w./-]+\.(?:yaml|Dockerfile|mjs)/g) ?? [];
  for (const file of [...files, ...named]) assert.ok(existsSync(join(root, file)), file);
});
