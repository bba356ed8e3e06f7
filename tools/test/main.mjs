// `npm test`: formatting, lint, types, protos and every level of tests, then one line that counts them all.
// Each step is counted as one test beside the tests that it ran.
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { collectLogs } from './logs.mjs';

const bin = (name) => join('node_modules/.bin', name);
const nx = (target, ...more) => [
  bin('nx'),
  'run-many',
  '-t',
  target,
  '--output-style=static',
  ...more,
];

/** The steps in order; the first that fails ends the run. */
const steps = [
  ['formatting', [bin('prettier'), '--check', '--log-level=warn', '.']],
  ['protos', nx('protos')],
  ['threat model', ['node', 'tools/checks/threat-model.mjs']],
  ['types', nx('typecheck')],
  ['lint', nx('lint')],
  ['build', nx('build')],
  // One project at a time: two servers starting beside a test run make both slow.
  ['unit, integration and contract tests', nx('test', '--parallel=1')],
  ['journeys', nx('journey', '--parallel=1')],
];

function run([command, ...args]) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: 'inherit',
      env: { ...process.env, NX_TUI: 'false' },
    });
    child.on('error', (error) => {
      console.error(`${command}: ${error.message}. Run npm ci first.`);
      resolve(false);
    });
    child.on('exit', (code) => resolve(code === 0));
  });
}

/** One PostgreSQL for all projects; each test file still has databases of its own. */
async function startPostgres(logFile) {
  const child = fork('tools/test/postgres.ts', [logFile], { execArgv: ['--import', 'tsx'] });
  const [adminUrl] = await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() =>
      Promise.reject(new Error('The PostgreSQL for tests did not start.')),
    ),
  ]);
  process.env.TEST_POSTGRES_ADMIN_URL = adminUrl;
  return async () => {
    const ended = once(child, 'exit');
    child.disconnect();
    await ended;
  };
}

async function countedTests() {
  const total = { passed: 0, failed: 0, skipped: 0 };
  const files = await readdir('dist/test-results', { recursive: true }).catch(() => []);
  for (const file of files.filter((name) => name.endsWith('.json'))) {
    const counts = JSON.parse(await readFile(join('dist/test-results', file), 'utf8'));
    for (const key of Object.keys(total)) total[key] += counts[key];
  }
  return total;
}

await rm('dist/test-results', { recursive: true, force: true });
const outcome = { passed: 0, failed: 0 };
const logs = await collectLogs();
const stopPostgres = await startPostgres(logs.file('postgres.log'));
for (const [name, command] of steps) {
  const started = Date.now();
  console.log(`\n== ${name}`);
  const ok = await run(command);
  console.log(
    `== ${name}: ${ok ? 'passed' : 'FAILED'} in ${Math.round((Date.now() - started) / 1000)} s`,
  );
  outcome[ok ? 'passed' : 'failed'] += 1;
  if (!ok) break;
}
await stopPostgres();
// What services and tests wrote has been searched with each project.
const clean = logs.end();
console.log(`\n== secrets in PostgreSQL's log: ${clean ? 'none' : 'FAILED'}`);
outcome[clean ? 'passed' : 'failed'] += 1;
const tests = await countedTests();
const passed = outcome.passed + tests.passed;
const failed = outcome.failed + tests.failed;
console.log(
  `\n${passed} passed, ${failed} failed${tests.skipped > 0 ? `, ${tests.skipped} skipped` : ''}`,
);
process.exitCode = failed === 0 ? 0 : 1;
