// Runs one PostgreSQL for a whole test run, so that not every test file starts its own; its log goes to the file given.
// Says where it is over IPC; ends, with its data, when its parent goes.
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '../dev/src';

async function run(): Promise<void> {
  const dataDir = join(tmpdir(), `quayside-test-run-${randomBytes(6).toString('hex')}`);
  const { adminUrl, stop } = await startPostgres({
    dataDir,
    port: 0,
    forTests: true,
    logFile: process.argv[2],
  });
  process.on('disconnect', () => void stop().then(() => process.exit()));
  process.send?.(adminUrl);
}

void run();
