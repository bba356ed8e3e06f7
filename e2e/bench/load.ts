import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { Job, LoadResult } from './generator';

/** Runs one closed loop in a process of its own. Rejects when the generator ends without a result. */
export function generateLoad(job: Job): Promise<LoadResult> {
  const child = fork(join(import.meta.dirname, 'generator.ts'), {
    execArgv: ['--import', 'tsx'],
  });
  return new Promise((resolve, reject) => {
    child.once('message', (result: LoadResult) => resolve(result));
    child.once('exit', (code) => reject(new Error(`The load generator ended with code ${code}`)));
    child.send(job);
  });
}
