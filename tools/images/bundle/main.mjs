// Bundles one app for its image into dist/images/<app>: our code and every package in one file, which stays traced;
// beside it what cannot be in a bundle. The image copies this folder and nothing else (docs/adr/0005-images.md).
//
//   node tools/images/bundle/main.mjs apps/gateway [folder]
import { readFile, rm, writeFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { bundleOptions, copyAssets } from '../../build/bundle.mjs';
import { bundledPackages, copyOwnFiles, copyPackages, nameSources } from './content.mjs';
import { enabledInstrumentations, leaveOutUnused } from './instrument.mjs';
import { asRequired, outside, packageName, packages } from './plugins.mjs';
import { absentPackages, copiedPackages } from './settings.mjs';
import { reduceSourceMap } from './source-map.mjs';

/** Every package that the finished bundle still requires. Throws for one that would not be there. */
function requiredPackages({ outputs }) {
  const imports = Object.values(outputs).flatMap((output) => output.imports);
  const names = imports
    .filter(({ path, external }) => external && !path.startsWith('node:'))
    .map(({ path }) => packageName(path))
    .filter((name) => !builtinModules.includes(name) && !(name in absentPackages));
  const missing = names.find((name) => !(name in copiedPackages));
  if (missing) throw new Error(`The image would lack ${missing}, which the bundle requires.`);
  return [...new Set(names)];
}

const isOurs = (source) => !source.includes('node_modules/') && !source.startsWith('left-out:');

async function mapOnlyOurs({ outputs }) {
  for (const file of Object.keys(outputs).filter((name) => name.endsWith('.map'))) {
    const map = JSON.parse(await readFile(file, 'utf8'));
    await writeFile(file, JSON.stringify(reduceSourceMap(map, isOurs)));
  }
}

/** Makes the content of an image. */
export async function bundleForImage(projectRoot, outdir) {
  const enabled = await enabledInstrumentations();
  await rm(outdir, { recursive: true, force: true });
  const { metafile } = await build({
    ...(await bundleOptions(projectRoot)),
    outdir,
    packages: 'bundle',
    // Not `module`, which esbuild adds: what Node does not know, development does not run.
    conditions: [],
    plugins: [outside, leaveOutUnused(enabled), asRequired, packages(enabled)],
    // Some code asks for the name of a function or a class, which bundling may change.
    keepNames: true,
    // A third less to read and to keep in memory; names stay, for stack traces.
    minifySyntax: true,
    minifyWhitespace: true,
    metafile: true,
  });
  await mapOnlyOurs(metafile);
  await copyAssets(projectRoot, outdir);
  const bundled = bundledPackages(Object.keys(metafile.inputs));
  await nameSources(bundled, outdir);
  await copyOwnFiles(bundled, outdir);
  await copyPackages(requiredPackages(metafile), outdir);
  const manifest = { name: basename(projectRoot), private: true, type: 'commonjs' };
  await writeFile(join(outdir, 'package.json'), `${JSON.stringify(manifest)}\n`);
}

const [projectRoot, folder] = process.argv.slice(2);
if (projectRoot && process.argv[1] === fileURLToPath(import.meta.url)) {
  await bundleForImage(projectRoot, folder ?? join('dist/images', basename(projectRoot)));
}
