import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** In a data folder of tools/dev the lock of its runner lies beside what the services write. */
const isOfRunner = (folder: string): boolean => existsSync(join(dirname(folder), 'runner.lock'));

/**
 * Makes the folder, for the container's user, who is nobody on the host. One that was there stays as it is: settings can
 * name /tmp or /var/log. Only those of the runner's data are opened all the same.
 */
export function openFolder(folder: string): void {
  const made = mkdirSync(folder, { recursive: true });
  if (made !== undefined || isOfRunner(folder)) chmodSync(folder, 0o777);
}
