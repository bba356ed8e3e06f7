import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, test } from 'node:test';
import { isLeftOut, parseDockerIgnore } from '../src/docker-ignore';
import { readDockerfile } from '../src/dockerfile';
import { helmMissing } from '../src/helm';
import { serviceRendering, services, servicesIn } from '../src/matrix';
import { callGraphOf } from '../src/network/call-graph';
import { render } from '../src/render';
import { inRepository, isInRepository } from '../src/repository';
import { skaffoldWith, readSkaffold, profileNames } from '../src/skaffold';
import { readYaml, type Values } from '../src/values';
import { containersOf, workloadsOf } from '../src/workload';
import { nothing } from './nothing';

// Made by the build, not in the repository: the bundles.
const MADE = /^dist\//;
const STAGES = ['dev', 'prod'];

/** A COPY for one app: its arguments filled in. */
const filled = (source: string, app: string) =>
  source
    .replaceAll(/\$\{?APP\}?/g, app)
    .replace(/^\.\//, '')
    .replace(/\/$/, '');

/** The files that a source with stars stands for; the source itself when it has none. */
function expanded(source: string): string[] {
  if (!source.includes('*')) return [source];
  const folder = dirname(source.slice(0, source.indexOf('*') + 1));
  const expression = new RegExp(`^${source.replaceAll('.', '\\.').replaceAll('*', '[^/]*')}$`);
  return readdirSync(inRepository(folder), { recursive: true, encoding: 'utf8' })
    .map((file) => (folder === '.' ? file : `${folder}/${file}`))
    .filter((file) => expression.test(file));
}

describe('the Dockerfile', { skip: !isInRepository('Dockerfile') && 'there is none' }, () => {
  const file = isInRepository('Dockerfile') ? readDockerfile('Dockerfile') : undefined;
  const {
    copies = [],
    stages = [],
    bases = [],
    args = [],
    copiedStages = [],
    exposed = [],
  } = file ?? {};

  test('has the stages that Skaffold and CI build', () => {
    for (const stage of STAGES) assert.ok(stages.includes(stage), stage);
    const configs = [readSkaffold(), ...profileNames().map((name) => skaffoldWith(name))];
    const artifacts = configs.flatMap(({ build }) => build.artifacts);
    const targets = artifacts.flatMap(({ docker, custom }) => [
      ...(docker?.dockerfile === 'Dockerfile' ? [docker.target] : []),
      ...(/--target[ =](\S+)/.exec(custom?.buildCommand ?? '')?.slice(1, 2) ?? []),
    ]);
    assert.ok(targets.length > 0);
    for (const target of targets)
      assert.ok(target && stages.includes(target), target ?? 'no target');
  });

  test('copies from stages and from files that are there, for every app', () => {
    // A stage, or an image of its own.
    nothing(copiedStages.filter((name) => !stages.includes(name) && !/[/$]/.test(name)));
    const sources = services().flatMap((app) => copies.map((source) => filled(source, app)));
    nothing(
      [...new Set(sources)].filter(
        (source) =>
          source !== '.' &&
          !MADE.test(source) &&
          !(isInRepository(source) || expanded(source).some(isInRepository)),
      ),
    );
  });

  test('copies nothing that .dockerignore leaves out', () => {
    const patterns = parseDockerIgnore(readFileSync(inRepository('.dockerignore'), 'utf8'));
    const sources = services().flatMap((app) => copies.map((source) => filled(source, app)));
    nothing(
      [...new Set(sources.flatMap(expanded))].filter(
        (path) => path !== '.' && isLeftOut(patterns, path),
      ),
    );
  });

  test('leaves secrets, the history and what npm installed out', () => {
    const patterns = parseDockerIgnore(readFileSync(inRepository('.dockerignore'), 'utf8'));
    for (const path of [
      '.git/config',
      'node_modules/pg/package.json',
      '.env',
      '.data/auth/PG_VERSION',
    ])
      assert.ok(isLeftOut(patterns, path), path);
  });

  test('takes its base images as arguments', () => {
    nothing(
      bases.filter((base) => !stages.includes(base) && !args.some((arg) => base.includes(arg))),
    );
  });

  test(
    'what the chart sets in the place of a variable of the image has its words too',
    { skip: helmMissing() },
    async () => {
      const image = readDockerfile('Dockerfile').variablesOf('prod');
      assert.ok(image.size > 0);
      for (const service of servicesIn('production')) {
        const objects = await render(serviceRendering(service, 'production'));
        const set = workloadsOf(objects).flatMap(({ pod }) =>
          containersOf(pod).flatMap(({ env = [] }) => env),
        );
        for (const { name, value = '' } of set)
          for (const word of image.get(name)?.split(' ') ?? [])
            assert.ok(value.split(' ').includes(word), `${service}: ${name} is without ${word}`);
      }
    },
  );

  test('opens the ports of the call graph, or says nothing of ports', () => {
    const { adminPort, nodes } = callGraphOf(readYaml('helm/call-graph.yaml') as Values);
    const known = [adminPort, ...services().map((service) => nodes[service]?.port)];
    nothing(exposed.filter((port) => !known.includes(Number.parseInt(port, 10))));
  });
});

test('.dockerignore is read as Docker does', () => {
  const patterns = parseDockerIgnore('# all\n*\n!apps\napps/*/test\n**/*.md\n!README.md\n');
  const leftOut = (path: string) => isLeftOut(patterns, path);
  assert.deepEqual(
    ['libs', 'apps/auth/src/a.ts', 'apps/auth/test/a.ts', 'apps/auth/x.md', 'README.md'].map(
      leftOut,
    ),
    [true, false, true, true, false],
  );
});
