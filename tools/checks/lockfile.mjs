// Fails when package-lock.json sends an install anywhere but to the public npm registry, or when a package
// with an install script is missing from allowScripts in package.json (or listed there for nothing).
import { readFile } from 'node:fs/promises';

const json = async (file) => JSON.parse(await readFile(file, 'utf8'));
const { packages } = await json('package-lock.json');
const { allowScripts } = await json('package.json');
const PUBLIC_REGISTRY = 'https://registry.npm' + 'js.org/';

const nameOf = (path) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
const entries = Object.entries(packages).filter(([path]) => path !== '');
const elsewhere = entries
  .filter(([, { resolved }]) => resolved !== undefined && !resolved.startsWith(PUBLIC_REGISTRY))
  .map(([path, { resolved }]) => `${path} is resolved to ${resolved}`);
const withScripts = new Set(
  entries.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => nameOf(path)),
);
const unlisted = [...withScripts]
  .filter((name) => allowScripts[name] === undefined)
  .map((name) => `${name} has an install script but no line in allowScripts`);
const needless = Object.keys(allowScripts)
  .filter((name) => !withScripts.has(name))
  .map((name) => `${name} is listed in allowScripts but has no install script`);

const problems = [...elsewhere, ...unlisted, ...needless];
for (const problem of problems) console.error(problem);
process.exitCode = problems.length === 0 ? 0 : 1;
