import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { CallersJob } from './callers';
import type { Job, LoadResult } from './generator';

function inProcess(file: string, job: object): Promise<LoadResult> {
  const child = fork(join(import.meta.dirname, file), { execArgv: ['--import', 'tsx'] });
  return new Promise((resolve, reject) => {
    child.once('message', (result: LoadResult) => resolve(result));
    child.once('exit', (code) => reject(new Error(`The load generator ended with code ${code}`)));
    child.send(job);
  });
}

/** Sends one load over HTTP from a process of its own. Rejects when the generator ends without a result. */
export const generateLoad = (job: Job): Promise<LoadResult> => inProcess('generator.ts', job);

/** The same over gRPC, straight to payments. */
export const generateCalls = (job: CallersJob): Promise<LoadResult> => inProcess('callers.ts', job);
