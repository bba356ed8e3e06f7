import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { allProcesses, descendantsOf } from '../descendants';

/** What one process has used so far. */
export interface Usage {
  cpuSeconds: number;
  residentMiB: number;
}

const CLOCK_TICKS_PER_SECOND = 100; // USER_HZ, fixed at 100 on every Linux architecture Node runs on

function usageFromProc(pid: number): Usage {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name in parentheses may hold spaces; utime and stime are fields 14 and 15 (proc(5)).
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const resident = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0);
  return {
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

function usageOf(pid: number): Usage | undefined {
  try {
    return process.platform === 'linux' ? usageFromProc(pid) : usageFromPs(pid);
  } catch {
    return undefined; // it has ended
  }
}

/** The process and all below it, added up: PostgreSQL is a family of processes. */
export function familyUsage(pid: number, table = allProcesses()): Usage {
  return descendantsOf(pid, table)
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
    const table = allProcesses();
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
