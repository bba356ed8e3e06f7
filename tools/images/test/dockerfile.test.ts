// What can be said of the Dockerfile without Docker.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, it } from 'node:test';
import { parse } from 'yaml';
import { allApps, workspaceRoot } from '../src/apps';
import { readDockerIgnore } from '../src/docker-ignore';
import { copiesOf, readDockerfile } from '../src/dockerfile';

const read = (path: string) => readFileSync(join(workspaceRoot, path), 'utf8');
const text = read('Dockerfile');
const { args, stages } = readDockerfile(text);
const stage = (name: string) => stages.find((one) => one.name === name)!;
const of = (name: string, instruction: string) =>
  stage(name).instructions.filter((one) => one.name === instruction);
const ignored = readDockerIgnore(read('.dockerignore'));
const besides = new Set(['node_modules', 'dist', '.git', '.nx', '.data']);
const files = readdirSync(workspaceRoot, { withFileTypes: true })
  .filter(({ name }) => !besides.has(name))
  .flatMap((entry) =>
    entry.isDirectory()
      ? readdirSync(join(workspaceRoot, entry.name), { recursive: true, withFileTypes: true })
      : [entry],
  )
  .filter((entry) => entry.isFile())
  .map((entry) => relative(workspaceRoot, join(entry.parentPath, entry.name)));

describe('the Dockerfile', () => {
  it('has the stages dev and prod, on base images that are arguments pinned by digest', () => {
    assert.deepEqual(
      stages.map(({ name, base }) => [name, base]),
      [
        ['manifest', '${NODE_IMAGE}'],
        ['sources', '${NODE_IMAGE}'],
        ['bundle', 'sources'],
        ['image', 'sources'],
        ['dev', '${NODE_IMAGE}'],
        ['prod', '${PROD_IMAGE}'],
      ],
    );
    assert.deepEqual(Object.keys(args), ['NODE_IMAGE', 'PROD_IMAGE']);
    for (const image of Object.values(args)) assert.match(image, /:[\w.-]+@sha256:[0-9a-f]{64}$/);
    assert.match(args.NODE_IMAGE!, /^node:24\./);
    assert.match(args.PROD_IMAGE!, /^gcr\.io\/distroless\/nodejs24-/);
  });

  it('asks for no other frontend, which would have to be fetched first', () => {
    assert.doesNotMatch(text, /^#\s*syntax\s*=/m);
  });

  it('copies files that exist, of every app', () => {
    const sources = stages.flatMap(copiesOf).flatMap(({ from, sources }) => (from ? [] : sources));
    assert.ok(sources.length >= 7);
    for (const source of sources) {
      for (const app of allApps()) {
        const path = source.replace('${APP}', app).replace(/\/$/, '');
        assert.ok(existsSync(join(workspaceRoot, path)), `${path} does not exist`);
        const seen = files.filter((file) => file === path || file.startsWith(`${path}/`));
        assert.ok(
          seen.some((file) => !ignored(file)),
          `nothing of ${path} gets past .dockerignore`,
        );
      }
    }
  });

  it('copies what differs between apps last, and of the app nothing but its own folder', () => {
    const copies = copiesOf(stage('sources'));
    const ofApp = copies.filter(({ sources }) => sources.join().includes('${APP}'));
    assert.deepEqual(ofApp, [copies.at(-1)]);
    assert.deepEqual(ofApp[0]!.sources, ['apps/${APP}/']);
    const names = stage('sources').instructions.map(({ name, rest }) => `${name} ${rest}`);
    const argument = names.indexOf('ARG APP');
    const install = names.findIndex((line) => line.includes('npm ci'));
    assert.ok(install >= 0 && install < argument, 'npm ci would run once per app');
  });

  it('installs by the lock file, with a cache, without install scripts', () => {
    const installs = stages.flatMap(({ instructions }) =>
      instructions.filter(({ rest }) => /\bnpm (ci|i|install)\b/.test(rest)),
    );
    assert.equal(installs.length, 1);
    assert.match(
      installs[0]!.rest,
      /^--mount=type=cache,target=\/root\/\.npm npm ci .*--ignore-scripts/,
    );
  });

  it('starts node itself: no shell between it and its signals', () => {
    const start = (name: string) =>
      ['ENTRYPOINT', 'CMD'].map(
        (instruction) => JSON.parse(of(name, instruction)[0]!.rest) as unknown,
      );
    assert.deepEqual(start('prod'), [['node'], ['main.js']]);
    assert.deepEqual(start('dev'), [
      ['node'],
      ['/opt/restart-on-change.mjs', '--enable-source-maps', 'main.js'],
    ]);
    assert.deepEqual(of('prod', 'RUN'), [], 'the production base has no shell to run anything');
  });

  it('runs as 65532 and holds the content that the bundler made, nothing else', () => {
    for (const name of ['dev', 'prod']) {
      assert.deepEqual(
        of(name, 'USER').map(({ rest }) => rest),
        ['65532:65532'],
      );
      assert.deepEqual(
        of(name, 'WORKDIR').map(({ rest }) => rest),
        ['/app'],
      );
    }
    assert.deepEqual(copiesOf(stage('prod')), [{ from: 'image', sources: ['/image/'], to: './' }]);
    assert.match(
      of('image', 'RUN').at(-1)!.rest,
      /tools\/images\/bundle\/main\.mjs "apps\/\$\{APP\}" \/image$/,
    );
  });

  it('leaves the bundle of the development image to its user, who replaces files in it', () => {
    const bundle = of('dev', 'COPY').find(({ rest }) => rest.includes('dist/apps'))!;
    assert.match(bundle.rest, /--chown=65532:65532/);
    assert.ok(of('dev', 'RUN').some(({ rest }) => rest === 'chown 65532:65532 /app'));
  });

  it('names the ports that the charts use', () => {
    const graph = parse(read('helm/call-graph.yaml')) as {
      callGraph: { adminPort: number; nodes: Record<string, { port?: number }> };
    };
    const { adminPort, nodes } = graph.callGraph;
    const served = allApps().map((app) => nodes[app]?.port);
    const wanted = [...new Set([...served, adminPort])].sort();
    for (const name of ['dev', 'prod']) {
      const exposed = of(name, 'EXPOSE').flatMap(({ rest }) => rest.split(' ').map(Number));
      assert.deepEqual(exposed.sort(), wanted);
    }
  });

  it('labels the image, and takes no secret as an argument', () => {
    const labels = of('prod', 'LABEL')
      .map(({ rest }) => rest)
      .join();
    for (const label of ['title', 'description', 'version', 'revision', 'source', 'licenses']) {
      assert.ok(labels.includes(`org.opencontainers.image.${label}=`), label);
    }
    const taken = stages.flatMap(({ instructions }) =>
      instructions.filter(({ name }) => name === 'ARG'),
    );
    const names = taken.map(({ rest }) => rest.split('=')[0]);
    assert.deepEqual([...new Set(names)].sort(), ['APP', 'REVISION', 'SOURCE', 'VERSION']);
  });
});

describe('.dockerignore', () => {
  it('lets a build see sources of apps and libraries', () => {
    for (const file of [
      'package.json',
      'package-lock.json',
      'tsconfig.base.json',
      'tools/build/bundle.mjs',
      'tools/images/bundle/main.mjs',
      'tools/images/manifest.mjs',
      'libs/chassis/src/index.ts',
      'libs/contracts/src/generated/definitions.json',
      'libs/messaging/schema.sql',
      'apps/gateway/openapi.yaml',
      'apps/gateway/bundle.json',
      'apps/payments/src/main.ts',
    ]) {
      assert.ok(existsSync(join(workspaceRoot, file)), file);
      assert.ok(!ignored(file), file);
    }
  });

  it('keeps secrets, data, history, other tools and tests out', () => {
    for (const file of [
      '.env',
      'apps/auth/.env.local',
      '.data/secrets.json',
      '.git/config',
      '.npmrc',
      'node_modules/express/index.js',
      'apps/auth/node_modules/x/index.js',
      'dist/apps/auth/main.js',
      'helm/call-graph.yaml',
      'tools/dev/src/main.ts',
      'tools/images/src/main.ts',
      'apps/payments/test/payments.test.ts',
      'libs/rpc/src/target.test.ts',
      'libs/testing/src/index.ts',
      'apps/users/README.md',
      'Dockerfile',
    ]) {
      assert.ok(ignored(file), file);
    }
  });

  it('lets no test, and nothing but known folders, into the build', () => {
    const seen = files.filter((file) => !ignored(file));
    assert.ok(seen.length > 200);
    assert.deepEqual(
      seen.filter((file) => /\.test\.ts$|\/test\//.test(file)),
      [],
    );
    const roots = new Set(seen.map((file) => file.split('/')[0]));
    assert.deepEqual([...roots].sort(), [
      'apps',
      'libs',
      'package-lock.json',
      'package.json',
      'tools',
      'tsconfig.base.json',
    ]);
  });
});
