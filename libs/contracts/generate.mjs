// Writes libs/contracts/src/generated from protos/: TypeScript types (proto-loader's own generator) and the
// message definitions as JSON, so that a bundle needs no .proto files beside it. With --check: writes
// elsewhere, compares, and fails when what is committed is stale.
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { promisify } from 'node:util';

const require = createRequire(import.meta.url);
const protobuf = createRequire(require.resolve('@grpc/proto-loader'))('protobufjs');
const workspace = resolve(import.meta.dirname, '../..');
const protoRoot = join(workspace, 'protos');
const committed = join(import.meta.dirname, 'src/generated');

async function filesBelow(folder, ending) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

async function writeTypes(protoFiles, outDir) {
  const generator = join(
    dirname(require.resolve('@grpc/proto-loader/package.json')),
    'build/bin/proto-loader-gen-types.js',
  );
  const options = [
    '--longs=String',
    '--enums=String',
    '--defaults',
    '--oneofs',
    '--includeComments',
  ];
  await promisify(execFile)(process.execPath, [
    generator,
    ...options,
    '--grpcLib=@grpc/grpc-js',
    `--includeDirs=${protoRoot}`,
    `--outDir=${outDir}`,
    ...protoFiles.map((file) => relative(protoRoot, file)),
  ]);
  // One aggregate per .proto base name, so two events.proto would overwrite each other; nothing uses them.
  const aggregates = (await readdir(outDir)).filter((name) => name.endsWith('.ts'));
  await Promise.all(aggregates.map((name) => rm(join(outDir, name))));
  for (const file of await filesBelow(outDir, '.ts')) {
    // The generator notes absolute paths, which differ from clone to clone.
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replaceAll(`${workspace}/`, ''));
  }
}

async function writeDefinitions(protoFiles, outDir) {
  const root = new protobuf.Root();
  root.resolvePath = (origin, target) =>
    target.startsWith('google/protobuf/') ? target : resolve(protoRoot, target);
  root.loadSync(protoFiles); // one after another: the order of the output must not depend on timing
  root.resolveAll();
  const json = JSON.stringify(root.toJSON(), null, 1);
  await writeFile(join(outDir, 'definitions.json'), `${json}\n`);
}

async function generate(outDir) {
  await rm(outDir, { recursive: true, force: true });
  const protoFiles = await filesBelow(protoRoot, '.proto');
  await writeTypes(protoFiles, outDir);
  await writeDefinitions(protoFiles, outDir);
}

async function contents(folder) {
  const files = await filesBelow(folder, '');
  return new Map(
    await Promise.all(
      files.map(async (file) => [relative(folder, file), await readFile(file, 'utf8')]),
    ),
  );
}

async function check() {
  const fresh = await mkdtemp(join(tmpdir(), 'quayside-contracts-'));
  try {
    await generate(fresh);
    const [before, after] = await Promise.all([contents(committed), contents(fresh)]);
    const stale = [...new Set([...before.keys(), ...after.keys()])].filter(
      (file) => before.get(file) !== after.get(file),
    );
    if (stale.length === 0) return;
    console.error(
      `Generated contracts are stale: ${stale.join(', ')}. Run: npx nx generate contracts`,
    );
    process.exitCode = 1;
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

if (process.argv.includes('--check')) await check();
else await generate(committed);
