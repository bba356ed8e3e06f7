import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Ports } from '../src/index';

/** A line of a child's log. */
export interface LogLine {
  level: string;
  message: string;
  step?: string;
  phase?: string;
  [field: string]: unknown;
}

/** A service that runs as a process of its own. */
export interface Child {
  lines: LogLine[];
  /** Resolves when it says that it is ready; rejects when it ends first. */
  ready: Promise<Ports>;
  /** Resolves with its exit code. */
  exited: Promise<number | null>;
  kill(signal: 'SIGTERM' | 'SIGINT' | 'SIGKILL'): void;
  /** Closes the channel to it, as when its parent dies. */
  disconnect(): void;
  /** Resolves with the `count`th (default: first) log line that matches, past or future. */
  logged(matches: (line: LogLine) => boolean, count?: number): Promise<LogLine>;
}

const secret = 'a-secret-of-at-least-32-characters';

const base = {
  PATH: process.env.PATH,
  NODE_ENV: 'test',
  ADMIN_HOST: '127.0.0.1',
  ADMIN_PORT: '0',
  HTTP_HOST: '127.0.0.1',
  HTTP_PORT: '0',
  GRPC_HOST: '127.0.0.1',
  GRPC_PORT: '0',
  SERVICE_TOKEN_SECRET: secret,
};

function parse(text: string): LogLine {
  try {
    return JSON.parse(text) as LogLine;
  } catch {
    return { level: 'text', message: text };
  }
}

/** Starts the fixture; settings that are undefined are not set. */
export function startChild(
  env: Record<string, string | undefined> = {},
  args: string[] = [],
): Child {
  const main = 'libs/chassis/test/fixture/main.ts';
  const child = spawn(process.execPath, ['--import', 'tsx', main, ...args], {
    env: { ...base, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const lines: LogLine[] = [];
  const waiting = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    if (!stream) throw new Error('the child has no output');
    createInterface(stream).on('line', (text) => {
      lines.push(parse(text));
      for (const look of waiting) look();
    });
  }
  // Not the child's own `close`: after a disconnect Node does not emit it.
  const closed = [child.stdout, child.stderr].map((stream) => stream && once(stream, 'close'));
  const exited = Promise.all([once(child, 'exit'), ...closed]).then(
    ([[code]]) => code as number | null,
  );
  const ready = Promise.race([
    once(child, 'message').then(([message]) => (message as { ports: Ports }).ports),
    exited.then((code) => {
      const said = lines.map(({ message }) => message).join('\n');
      throw new Error(`ended with ${code} before it was ready:\n${said}`);
    }),
  ]);
  // Children that are not meant to become ready are not asked.
  ready.catch(() => undefined);
  return {
    lines,
    ready,
    exited,
    kill: (signal) => void child.kill(signal),
    disconnect: () => child.disconnect(),
    logged: (matches, count = 1) =>
      new Promise((resolve) => {
        const look = () => {
          const found = lines.filter(matches)[count - 1];
          if (found) resolve(found);
        };
        waiting.add(look);
        look();
      }),
  };
}
