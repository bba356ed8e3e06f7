// What lies beside the bundle in an image: files that packages read, and who wrote what is in the bundle.
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { manifestOf, packageOf } from './package-of.mjs';
import { copiedPackages, ownFiles } from './settings.mjs';

async function copyFiles(folder, files, outdir) {
  const wanted = files === '*' ? [''] : ['package.json', ...files];
  for (const file of wanted) {
    await mkdir(dirname(join(outdir, folder, file)), { recursive: true });
    await cp(join(folder, file), join(outdir, folder, file), { recursive: true });
  }
}

/** A package with what it depends on; of optional ones (a platform's native code) those that are installed. */
function withDependencies(name) {
  const { dependencies = {}, optionalDependencies = {} } = manifestOf(join('node_modules', name));
  const installed = Object.keys({ ...dependencies, ...optionalDependencies }).filter((one) =>
    existsSync(join('node_modules', one)),
  );
  return [name, ...installed.flatMap(withDependencies)];
}

/** Copies the packages that the bundle requires. */
export async function copyPackages(names, outdir) {
  for (const name of names) {
    const files = copiedPackages[name];
    const folders = files === '*' ? withDependencies(name) : [name];
    for (const one of folders) await copyFiles(join('node_modules', one), files, outdir);
  }
}

/** Copies the files that bundled packages read from their own folders. */
export async function copyOwnFiles(packages, outdir) {
  for (const { name, folder } of packages) {
    if (name in ownFiles) await copyFiles(folder, ownFiles[name], outdir);
  }
}

/** The packages that a bundle contains, each once, by folder. */
export function bundledPackages(inputs) {
  const found = inputs.flatMap((file) => packageOf(file) ?? []);
  const byFolder = new Map(found.map((one) => [one.folder, one]));
  return [...byFolder.values()].sort((a, b) => (a.folder < b.folder ? -1 : 1));
}

async function licenceOf(folder) {
  const names = await readdir(folder);
  const file = names.find((name) => /^(licen[sc]e|copying)(\.\w+)?$/i.test(name));
  return file ? readFile(join(folder, file), 'utf8') : 'No licence file in the package.';
}

/**
 * Names the bundled packages: `package.json` of each with its version, where scanners of images look for it, and all
 * licences in one file, as they demand.
 */
export async function nameSources(packages, outdir) {
  const licences = [];
  for (const { folder, name, version } of packages) {
    const { license } = manifestOf(folder);
    await mkdir(join(outdir, folder), { recursive: true });
    const manifest = JSON.stringify({ name, version, license });
    await writeFile(join(outdir, folder, 'package.json'), `${manifest}\n`);
    const words = await licenceOf(folder);
    licences.push(`${name} ${version} (${license ?? 'no licence named'})\n\n${words.trim()}\n`);
  }
  await writeFile(join(outdir, 'licenses.txt'), licences.join(`\n${'-'.repeat(80)}\n\n`));
}
