import { spawn } from 'node:child_process';

/** What a command printed and how it ended. */
export interface Outcome {
  /** Exit status; 127 when the program could not be started at all. */
  status: number;
  stdout: string;
  stderr: string;
}

/** Runs a program to its end; `input` goes to its standard input. Never throws. */
export type Run = (program: string, args: string[], input?: string) => Promise<Outcome>;

/** Runs programs found on the PATH of `env`. */
export function commandRunner(env: NodeJS.ProcessEnv): Run {
  return (program, args, input) =>
    new Promise((resolve) => {
      const child = spawn(program, args, { env, stdio: ['pipe', 'pipe', 'pipe'] });
      const outcome: Outcome = { status: 127, stdout: '', stderr: '' };
      child.stdout.on('data', (chunk: Buffer) => (outcome.stdout += chunk.toString()));
      child.stderr.on('data', (chunk: Buffer) => (outcome.stderr += chunk.toString()));
      // A program that ends without reading its input closes the pipe: its status tells what happened.
      child.stdin.on('error', () => undefined);
      child.on('error', (error) => {
        resolve({ ...outcome, stderr: error.message });
      });
      child.on('close', (status) => {
        resolve({ ...outcome, status: status ?? 1 });
      });
      child.stdin.end(input);
    });
}

/** The outcome of a command that must work. Throws with the command's own words when it does not. */
export async function mustRun(run: Run, program: string, args: string[]): Promise<Outcome> {
  const outcome = await run(program, args);
  if (outcome.status === 0) return outcome;
  const words = (outcome.stderr || outcome.stdout).trim();
  throw new Error(`${program} ${args.join(' ')}\nended with ${outcome.status}: ${words}`);
}
