import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** What one process has used so far. */
export interface Usage {
  cpuSeconds: number;
  residentMiB: number;
}

const CLOCK_TICKS_PER_SECOND = 100; // USER_HZ, fixed at 100 on every Linux architecture Node runs on

/** Fields of /proc/<pid>/stat from the third; the name before them, in parentheses, may hold spaces (proc(5)). */
function statOf(pid: number): string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

function usageFromProc(pid: number): Usage {
  const fields = statOf(pid);
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const resident = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0);
  return {
    // utime and stime are fields 14 and 15.
    cpuSeconds: (Number(fields[11]) + Number(fields[12])) / CLOCK_TICKS_PER_SECOND,
    residentMiB: resident / 1024,
  };
}

function secondsOf(time: string): number {
  return time
    .replace('-', ':')
    .split(':')
    .reduce((total, part) => total * 60 + Number(part), 0);
}

function usageFromPs(pid: number): Usage {
  const line = execFileSync('ps', ['-o', 'rss=,time=', '-p', String(pid)], { encoding: 'utf8' });
  const [rss = '0', time = '0'] = line.trim().split(/\s+/);
  return { cpuSeconds: secondsOf(time), residentMiB: Number(rss) / 1024 };
}

/** What `read` says of a process; nothing when it has ended. */
function unlessEnded<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

const usageOf = (pid: number): Usage | undefined =>
  unlessEnded(() => (process.platform === 'linux' ? usageFromProc(pid) : usageFromPs(pid)));

/** Each process and its parent. Read without `ps` where that is possible: it costs what is measured beside it. */
function processTable(): (readonly [pid: number, parent: number])[] {
  if (process.platform !== 'linux') {
    const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
    const rows = table.trim().split('\n');
    return rows.map((row) => row.trim().split(/\s+/).map(Number) as [number, number]);
  }
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0)
    .map((pid) => [pid, Number(unlessEnded(() => statOf(pid)[1]))] as const);
}

function familyOf(pid: number, table: ReturnType<typeof processTable>): number[] {
  const children = table.filter(([, parent]) => parent === pid);
  return [pid, ...children.flatMap(([child]) => familyOf(child, table))];
}

/** The process and all below it, added up: PostgreSQL is a family of processes. */
export function familyUsage(pid: number, table = processTable()): Usage {
  return familyOf(pid, table)
    .map(usageOf)
    .filter((usage) => usage !== undefined)
    .reduce(
      (total, usage) => ({
        cpuSeconds: total.cpuSeconds + usage.cpuSeconds,
        residentMiB: total.residentMiB + usage.residentMiB,
      }),
      { cpuSeconds: 0, residentMiB: 0 },
    );
}

/** CPU seconds and peak memory per process between `start` and `stop`. */
export function watchProcesses(processes: readonly { name: string; pid: number }[]) {
  const before = new Map(processes.map(({ name, pid }) => [name, familyUsage(pid)]));
  const peak = new Map<string, number>();
  const sample = () => {
    const table = processTable();
    for (const { name, pid } of processes) {
      peak.set(name, Math.max(peak.get(name) ?? 0, familyUsage(pid, table).residentMiB));
    }
  };
  sample();
  const timer = setInterval(sample, 2000);
  return {
    stop() {
      clearInterval(timer);
      sample();
      return processes.map(({ name, pid }) => ({
        name,
        cpuSeconds: familyUsage(pid).cpuSeconds - (before.get(name)?.cpuSeconds ?? 0),
        peakMiB: peak.get(name) ?? 0,
      }));
    },
  };
}
