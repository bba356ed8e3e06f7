// Which files of the repository is a production image made of? Skaffold asks with the profiles prod-like and ci
// (skaffold.yaml, `dependencies.command`); of its own accord it would take every COPY of the Dockerfile, and so all libraries.
// Here a library counts for the apps whose bundle contains it.
//
//   node tools/cluster/image-files.mjs apps/gateway     prints a JSON list of files
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { bundleOptions } from '../build/bundle.mjs';

/** For every app: how the image is built. */
const common = [
  ...['Dockerfile', '.dockerignore', 'package.json', 'package-lock.json', 'tsconfig.base.json'],
  ...['tools/build', 'tools/images/bundle', 'tools/images/manifest.mjs'],
];

const project = process.argv[2];
if (!project) {
  console.error('Usage: node tools/cluster/image-files.mjs <apps/NAME>');
  process.exit(2);
}

async function filesOf(path) {
  if (!existsSync(path)) return [];
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => []);
  if (entries.length === 0) return [path];
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
}

/** What is read at run time: everything of the app but sources, tests and what describes it. */
const isAsset = (file) =>
  !/\.(ts|md)$|(^|\/)(test|node_modules)\/|\/(project|tsconfig)\.json$/.test(file);

const { metafile } = await build({
  ...(await bundleOptions(project)),
  metafile: true,
  write: false,
  logLevel: 'error',
});
const sources = Object.keys(metafile.inputs).filter((file) => existsSync(file));
const assets = (await filesOf(project)).filter(isAsset);
const shared = (await Promise.all(common.map(filesOf))).flat();
console.log(JSON.stringify([...new Set([...sources, ...assets, ...shared])].sort()));
