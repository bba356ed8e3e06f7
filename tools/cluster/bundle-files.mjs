// What `skaffold dev` asks after every saved file, per app: which files is the image made of? (skaffold.yaml,
// `dependencies.command`.) The answer is the app's bundle, and the bundle is brought up to date first: so a saved
// source file becomes a changed bundle of exactly those apps that contain it, and Skaffold copies that into the
// container. Plain JavaScript without a loader: it runs four times per save.
//
//   node tools/cluster/bundle-files.mjs apps/gateway     prints a JSON list of files
import { existsSync } from 'node:fs';
import { appendFile, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Besides the bundle: what the image is built from. A change of these builds it anew. */
const imageFiles = ['Dockerfile', '.dockerignore', 'package.json', 'package-lock.json'];
/** A change of these makes every bundle stale. */
const buildFiles = ['package-lock.json', 'tsconfig.base.json'];

const project = process.argv[2];
if (!project) {
  console.error('Usage: node tools/cluster/bundle-files.mjs <apps/NAME>');
  process.exit(2);
}
/** What the last bundle was made of: path to size and time. */
const record = join('dist/tools/cluster', `${project.replaceAll('/', '-')}.json`);

async function fingerprint(file) {
  const { size, mtimeMs } = await stat(file).catch(() => ({ size: -1, mtimeMs: 0 }));
  return `${size} ${mtimeMs}`;
}

async function fingerprints(files) {
  return Object.fromEntries(
    await Promise.all(files.map(async (file) => [file, await fingerprint(file)])),
  );
}

async function filesBelow(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** Everything in the project but its sources may be read at run time: migrations, openapi.yaml. */
async function assetFiles() {
  const files = await filesBelow(project);
  return files.filter((file) => !/\.(ts|md)$/.test(file) && !file.includes('node_modules'));
}

async function isFresh() {
  if (!existsSync(join('dist', project, 'main.js')) || !existsSync(record)) return false;
  const known = JSON.parse(await readFile(record, 'utf8'));
  const files = new Set([...Object.keys(known), ...(await assetFiles())]);
  const now = await fingerprints([...files]);
  return [...files].every((file) => known[file] === now[file]);
}

async function bundle() {
  // Only now: most of the times that this runs there is nothing to build.
  const [{ build }, { bundleOptions, copyAssets }] = await Promise.all([
    import('esbuild'),
    import('../build/bundle.mjs'),
  ]);
  const options = await bundleOptions(project);
  const { metafile } = await build({ ...options, metafile: true, logLevel: 'silent' });
  await copyAssets(project);
  const inputs = Object.keys(metafile.inputs);
  const made = await fingerprints([
    ...new Set([...inputs, ...buildFiles, ...(await assetFiles())]),
  ]);
  await mkdir(dirname(record), { recursive: true });
  await writeFile(record, JSON.stringify(made, null, 1));
}

/** Skaffold keeps the words of this command to itself, so a mistake in the sources is told to the terminal. */
async function tell(error) {
  const words = `${project}: not bundled, the last good bundle stays\n${error.message}\n`;
  process.stderr.write(words);
  await appendFile('/dev/tty', words).catch(() => undefined);
}

const hadBundle = existsSync(join('dist', project, 'main.js'));
if (!(await isFresh())) {
  try {
    await bundle();
  } catch (error) {
    await tell(error);
    // Without any bundle there is nothing to go on with; with one, the next save may repair it.
    if (!hadBundle) process.exit(1);
  }
}
const files = [...(await filesBelow(join('dist', project))), ...imageFiles.filter(existsSync)];
console.log(JSON.stringify(files));
