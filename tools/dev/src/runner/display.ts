import type { ProcessStatus } from './managed-process';

/** Where a start tells what it does. */
export interface Display {
  /** A process changed its state. */
  status(status: ProcessStatus): void;
  /** Something that the person should know. */
  notice(text: string): void;
  /** A step of the start is done. */
  step(name: string, tookMs: number): void;
}

/** Makes names as long as the longest, `migrate-payments`: what follows stands in one column. */
export const nameColumn = (name: string): string => name.padEnd(16);

/** Tells nothing. */
export const silent: Display = {
  status: () => undefined,
  notice: () => undefined,
  step: () => undefined,
};

/** One plain line for each change, for logs and pipes. */
export function plainDisplay(write: (line: string) => void): Display {
  const seen = new Map<string, string>();
  return {
    status: (status) => {
      const line = describe(status);
      if (line === undefined || seen.get(status.name) === line) return;
      seen.set(status.name, line);
      write(`${nameColumn(status.name)} ${line}`);
    },
    notice: (text) => write(text),
    step: (name, tookMs) => write(`${nameColumn(name)} done in ${seconds(tookMs)}`),
  };
}

/** `1234` → `1.2 s`. */
export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

/** Where a process can be reached: its URL if it speaks HTTP, and its ports. */
export function reachable(ports: Record<string, number>): string {
  return Object.entries(ports)
    .map(([kind, port]) => (kind === 'http' ? `http://localhost:${port}` : `${kind} ${port}`))
    .join(', ');
}

function describe({ state, pid, ports, startedInMs, detail }: ProcessStatus): string | undefined {
  switch (state) {
    case 'ready':
      return `ready    ${reachable(ports)}, pid ${pid ?? '?'}, after ${seconds(startedInMs ?? 0)}`;
    case 'crashed':
    case 'failed':
      return `${state}: ${detail ?? ''}`;
    case 'waiting':
      return undefined;
    case 'starting':
    case 'stopping':
    case 'stopped':
      return state;
  }
}
