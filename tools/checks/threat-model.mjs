// Fails when a threat in docs/security.md names no test, or a file that does not exist.
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';

const page = 'docs/security.md';
const rows = (await readFile(page, 'utf8'))
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '')))
  .slice(2);

/** The services that others call: what must hold of every one of them is written as `apps/*`. */
const called = (await readdir('apps')).filter((app) => existsSync(`apps/${app}/src/rpc`));

/** Files and folders of the repository that a cell names; what is named after another one's folder alone is left out. */
const pathsIn = (cell) =>
  [...cell.matchAll(/`((?:apps|e2e|helm|libs|tools)\/[^`]+)`/g)].map(([, path]) => path);

/** One path, or one for each service that is called. */
const everyOne = (path) =>
  path.startsWith('apps/*/') ? called.map((app) => path.replace('*', app)) : [path];

const problems = rows.flatMap(([asset, threat, where = '', test = '']) => {
  const name = `${asset}: ${threat}`;
  const missing = pathsIn(`${where} ${test}`)
    .flatMap(everyOne)
    .filter((path) => !existsSync(path));
  return [
    ...missing.map((path) => `${name}: there is no ${path}`),
    ...(pathsIn(test).some((path) => path.endsWith('.test.ts'))
      ? []
      : [`${name}: names no test, as a path from the root of the repository`]),
  ];
});
if (rows.length === 0) problems.push('it has no table');
if (called.length === 0) problems.push('no service is called');

for (const problem of problems) console.error(`${page}: ${problem}`);
process.exitCode = problems.length === 0 ? 0 : 1;
