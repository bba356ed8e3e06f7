// Fails when a secret is in a log of the folder given. Says where, and of which kind, never what it is.
import { findSecretsInLogs } from '../../e2e/log-secrets';

async function run(folder: string): Promise<void> {
  const found = await findSecretsInLogs(folder);
  for (const { kind, file, line } of found) {
    console.error(`A secret in the logs of the tests: ${folder}/${file}:${line} has ${kind}`);
  }
  if (found.length === 0) return;
  console.error('Do not log it; the logs stay where they are.');
  process.exitCode = 1;
}

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error('Usage: node --import tsx tools/test/search-logs.ts <folder of logs>');
  process.exit(2);
}
void run(folder);
