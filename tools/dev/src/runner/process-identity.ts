import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * When a process started, as an opaque text; undefined when there is none. A pid alone is no proof: after a
 * crash or in a new container it may belong to any other process.
 */
export function startOf(pid: number): string | undefined {
  try {
    if (process.platform === 'linux') {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      // Fields 3 and 22, counted after the command's closing parenthesis: proc_pid_stat(5).
      const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      // A zombie has ended, and in a container without an init process nobody ever asks how.
      return state === 'Z' ? undefined : fields[18];
    }
    const args = ['-o', 'lstart=', '-p', String(pid)];
    const started = execFileSync('ps', args, { encoding: 'utf8', stdio: 'pipe' }).trim();
    return started === '' ? undefined : started;
  } catch {
    return undefined;
  }
}
