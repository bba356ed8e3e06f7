// Runs every *.test.ts of one project with node:test and writes the counts to
// dist/test-results/<projectRoot>.json, an Nx output: a cached run restores its counts too. Then searches what services
// and tests wrote meanwhile for secrets.
import { spawn } from 'node:child_process';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { collectLogs } from './logs.mjs';

const [projectRoot, only] = process.argv.slice(2);
if (!projectRoot) {
  console.error('Usage: node tools/test/project.mjs <projectRoot> [part of a file name]');
  process.exit(2);
}

async function testFiles(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.test.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !file.includes('node_modules') && (!only || file.includes(only)))
    .sort();
}

const files = await testFiles(projectRoot);
if (files.length === 0) {
  console.error(`${projectRoot} has no *.test.ts. Add one, or remove its "test" target.`);
  process.exit(1);
}

const results = join('dist/test-results', `${projectRoot}.json`);
await mkdir(dirname(results), { recursive: true });
await rm(results, { force: true });
const logs = await collectLogs();
const child = spawn(
  process.execPath,
  [
    '--enable-source-maps',
    '--import',
    'tsx',
    '--test',
    `--test-concurrency=${process.env.TEST_CONCURRENCY ?? '2'}`,
    // A file that hangs fails instead of holding up the run.
    '--test-timeout=180000',
    '--test-reporter=./tools/test/reporter.mjs',
    '--test-reporter-destination=stdout',
    '--test-reporter=./tools/test/counts.mjs',
    `--test-reporter-destination=${results}`,
    ...files,
  ],
  { stdio: 'inherit', env: { ...process.env, ...logs.env, NODE_ENV: 'test' } },
);
child.on('exit', (code) => {
  const clean = logs.end();
  process.exit(clean ? (code ?? 1) : 1);
});
