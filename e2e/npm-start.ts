import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { findRunning, type Runtime } from '@quayside/dev';
import { waitFor } from '@quayside/testing';

const root = join(import.meta.dirname, '..');

/** The environment of a terminal: nothing of the test runner's, of Nx, or of the npm that runs this. */
export const terminalEnvironment = (more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(NODE_TEST_|NX_|npm_|TEST_)/.test(name)),
  ),
  ...more,
});

/** The system that `npm start` brought up. */
export interface NpmStart {
  /** Of npm, whose process group is its own, as a terminal makes one for a command. */
  pid: number;
  running: Runtime;
  /** All that it has printed. */
  said(): string;
  /** What a terminal does with a key: every process of the group gets the signal, npm and the runner alike. */
  signal(signal: NodeJS.Signals): void;
  /** Resolves when npm has ended. */
  ended: Promise<void>;
}

/** `npm start` on a data folder, once it says that it is ready. Throws with its words when it does not get there. */
export async function npmStart(data: string): Promise<NpmStart> {
  const child = spawn('npm', ['start', '--', '--data', data, '--free-ports'], {
    cwd: root,
    env: terminalEnvironment(),
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => {
    child.once('error', () => resolve());
    child.once('exit', () => resolve());
  });
  const signal = (name: NodeJS.Signals) => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, name);
    } catch {
      // The group has ended.
    }
  };
  let words = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (words += chunk.toString()));
  }
  let over = false;
  void ended.then(() => (over = true));
  await waitFor(() => over || words.includes('Ready in'), { timeoutMs: 120_000 }).catch(
    () => undefined,
  );
  const running = findRunning(data);
  if (running === undefined || !words.includes('Ready in')) {
    signal('SIGKILL');
    throw new Error(`npm start did not become ready:\n${words}`);
  }
  return { pid: child.pid ?? 0, running, said: () => words, signal, ended };
}
