// The package.json and package-lock.json that the images are installed from: production dependencies and the bundler.
// So a new test tool does not make every image anew, and `npm ci` in the build takes a tenth.
//
//   node tools/images/manifest.mjs <folder>
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Development dependencies that a build in an image needs. */
const buildTools = ['esbuild'];

const read = (file) => JSON.parse(readFileSync(file, 'utf8'));
const pick = (object, names) => Object.fromEntries(names.map((name) => [name, object[name]]));

const folder = process.argv[2];
if (!folder) {
  console.error('Usage: node tools/images/manifest.mjs <folder>');
  process.exit(2);
}
const { name, version, engines, dependencies, devDependencies } = read('package.json');
const root = { name, version, engines, dependencies };
root.devDependencies = pick(devDependencies, buildTools);

const lock = read('package-lock.json');
// What nothing in the new root needs is left out by npm itself.
lock.packages[''] = root;

mkdirSync(folder, { recursive: true });
for (const [file, content] of [
  ['package.json', { ...root, private: true }],
  ['package-lock.json', lock],
]) {
  writeFileSync(join(folder, file), `${JSON.stringify(content, null, 2)}\n`);
}
