// `npm run keys:rotate` and `npm run roles:grant`: auth's own commands against the database of the running system.
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { findRunning } from './runner/runtime-file';
import { readSecrets } from './runner/secrets';
import { workspaceRoot } from './workspace';

const folder = resolve(workspaceRoot, process.env.QUAYSIDE_DATA ?? '.data');
const running = findRunning(folder);
const url = running?.databaseUrls.auth?.runtime;
if (running === undefined || url === undefined) {
  console.error('Quayside is not running. Start it in another terminal with npm start.');
  process.exitCode = 1;
} else {
  const main = join(workspaceRoot, 'apps/auth/src/main.ts');
  const secret = process.env.SIGNING_KEYS_SECRET ?? readSecrets(running.secretsFile).signingKeys;
  const { status } = spawnSync(
    process.execPath,
    ['--import', 'tsx', main, ...process.argv.slice(2)],
    {
      cwd: workspaceRoot,
      stdio: 'inherit',
      env: { ...process.env, DATABASE_URL: url, SIGNING_KEYS_SECRET: secret },
    },
  );
  process.exitCode = status ?? 1;
}
