import { execFile } from 'node:child_process';

const MOST_BYTES = 64 * 1024 * 1024;

/** Runs a program to its end and gives what it printed; `input` goes to its standard input. */
export type Run = (program: string, args: string[], input?: string) => Promise<string>;

/** Runs programs of this machine. Rejects with the program's own words. */
export const runCommand: Run = (program, args, input) =>
  new Promise((resolve, reject) => {
    const options = { maxBuffer: MOST_BYTES };
    const child = execFile(program, args, options, (error, stdout, stderr) => {
      if (error === null) {
        resolve(stdout);
        return;
      }
      const said = stderr.trim() || stdout.trim() || error.message;
      reject(new Error(`${program} ${args.join(' ')}\n${said}`, { cause: error }));
    });
    // A program that ends without reading its input closes the pipe; how it ended is told above.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });
