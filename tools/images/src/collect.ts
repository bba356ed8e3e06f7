import { spawn } from 'node:child_process';
import { workspaceRoot } from './apps';

/** What a program printed, and how it ended. */
export interface Outcome {
  /** 127 when it could not be started. */
  status: number;
  stdout: string;
  stderr: string;
  /** Both, in the order in which it came. */
  output: string;
}

/** Runs a program in the folder of the repository to its end. Never throws. */
export function collect(
  program: string,
  args: string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<Outcome> {
  return new Promise((resolve) => {
    const outcome: Outcome = { status: 127, stdout: '', stderr: '', output: '' };
    const child = spawn(program, args, {
      cwd: workspaceRoot,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream].setEncoding('utf8').on('data', (text: string) => {
        outcome[stream] += text;
        outcome.output += text;
      });
    }
    child.once('error', ({ message }) => {
      resolve({ ...outcome, stderr: message, output: message });
    });
    child.once('close', (status) => {
      resolve({ ...outcome, status: status ?? 1 });
    });
  });
}
