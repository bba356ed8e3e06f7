// Fails when a secret is in a log of the folder given. Says where, and of which kind, never what it is.
import { findSecretsInLogs } from '../../e2e/log-secrets';

async function run(folder: string): Promise<void> {
  const found = await findSecretsInLogs(folder);
  for (const { kind, file, line } of found) {
    console.error(`A secret in the logs of the tests: ${folder}/${file}:${line} has ${kind}`);
  }
  process.exitCode = found.length === 0 ? 0 : 1;
}

void run(process.argv[2] ?? '.');
