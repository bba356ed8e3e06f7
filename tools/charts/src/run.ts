import { execFile, execFileSync } from 'node:child_process';
import { repository } from './repository';

export interface Ran {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/** Runs a program in the repository's root. A program that fails is no error here: see its exit code. */
export function run(program: string, args: readonly string[]): Promise<Ran> {
  const options = { cwd: repository, maxBuffer: 64 * 1024 * 1024 };
  return new Promise((resolve) => {
    execFile(program, [...args], options, (error, stdout, stderr) => {
      const exitCode = error ? (typeof error.code === 'number' ? error.code : 1) : 0;
      resolve({ exitCode, stdout, stderr: stderr || (error?.message ?? '') });
    });
  });
}

/** What a program prints; undefined when it is not on PATH or fails. */
export function outputOf(program: string, ...args: string[]): string | undefined {
  try {
    return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch {
    return undefined;
  }
}

/** The program, when it is on PATH and this call of it succeeds. */
export const onPath = (program: string, ...args: string[]): string | undefined =>
  outputOf(program, ...args) === undefined ? undefined : program;
