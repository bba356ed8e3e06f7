import { spawn } from 'node:child_process';
import type { LogFile } from './log-file';

/** A program that runs once and ends, as a migration. */
export interface Step {
  name: string;
  args: string[];
  env: NodeJS.ProcessEnv;
  cwd: string;
  log: LogFile;
  /** Ends the program when the whole start is given up. */
  signal: AbortSignal;
}

/** Runs a step to its end; answers how many milliseconds it took. Throws with its last lines when it fails. */
export function runStep({ name, args, env, cwd, log, signal }: Step): Promise<number> {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd,
      env,
      detached: true,
      stdio: ['ignore', log.fd, log.fd, 'ipc'],
      signal,
    });
    child.once('error', reject);
    child.once('exit', (code, killedBy) => {
      if (signal.aborted) return;
      if (code === 0) {
        resolve(Math.round(performance.now() - started));
        return;
      }
      const lines = log.lastLines(20).map((line) => `  ${line}`);
      reject(
        new Error(
          [`${name} failed (${killedBy ?? `exit code ${code ?? '?'}`})`, ...lines].join('\n'),
        ),
      );
    });
  });
}
