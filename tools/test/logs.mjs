// Where the logs of a test run are, and the search for secrets in them when it has ended.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A new folder for logs. With `env`, services in this process's children, and in theirs, write their log there
 * too, and so does the reporter with what tests print.
 * `end()` is true when no secret is in it; else it says where they are, and the folder stays.
 */
export async function collectLogs() {
  const folder = await mkdtemp(join(tmpdir(), 'quayside-test-logs-'));
  const file = (name) => join(folder, name);
  let kept = false;
  process.on('exit', () => {
    if (!kept) rmSync(folder, { recursive: true, force: true });
  });
  // By default a signal ends the process without its 'exit'.
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
  return {
    file,
    // One file for many processes: it must not start anew.
    env: {
      LOG_FILE: file('services.log'),
      LOG_FILE_MAX_BYTES: String(2 ** 50),
      LOG_LEVEL: 'info',
      TEST_OUTPUT_FILE: file('output.log'),
    },
    end() {
      const search = ['--import', 'tsx', 'tools/test/search-logs.ts', folder];
      const { status } = spawnSync(process.execPath, search, { stdio: 'inherit' });
      kept = status !== 0;
      return !kept;
    },
  };
}
