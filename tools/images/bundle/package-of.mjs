// Which package a file belongs to.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const inPackage = /^(.*node_modules\/((?:@[^/]+\/)?[^/]+))\/(.+)$/;

/** Folder, name, version of the package of a file, and the file's path in it; undefined for our own files. */
export function packageOf(file) {
  const [, folder, name, path] = inPackage.exec(file.replaceAll('\\', '/')) ?? [];
  return folder ? { folder, name, path, version: manifestOf(folder).version } : undefined;
}

const manifests = new Map();

/** The package.json in a folder. */
export function manifestOf(folder) {
  const known = manifests.get(folder);
  if (known) return known;
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  manifests.set(folder, manifest);
  return manifest;
}
