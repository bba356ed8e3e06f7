import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** One line of the process table. */
export interface Running {
  pid: number;
  parent: number;
  state: string;
}

/** From /proc/<pid>/stat: proc_pid_stat(5). Undefined when it has ended meanwhile. */
function ofProc(pid: string): Running | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state = '', parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { pid: Number(pid), parent: Number(parent), state };
  } catch {
    return undefined;
  }
}

/** The process table. Read without `ps` where that is possible: the bench reads it beside what it measures. */
export function allProcesses(): Running[] {
  if (process.platform === 'linux') {
    const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    return pids.map(ofProc).filter((one) => one !== undefined);
  }
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,state='], { encoding: 'utf8' });
  return lines
    .trim()
    .split('\n')
    .map((line) => {
      const [pid, parent, state = ''] = line.trim().split(/\s+/);
      return { pid: Number(pid), parent: Number(parent), state };
    });
}

/** A process and all that it and its children have started. */
export function descendantsOf(pid: number, all = allProcesses()): number[] {
  const withChildren = (one: number): number[] => [
    one,
    ...all.filter(({ parent }) => parent === one).flatMap((child) => withChildren(child.pid)),
  ];
  return withChildren(pid);
}

/** Whether a process runs. One that has ended and that nobody has asked how (a zombie) does not. */
export function isAlive(pid: number): boolean {
  const found = allProcesses().find((one) => one.pid === pid);
  return found !== undefined && !found.state.startsWith('Z');
}
