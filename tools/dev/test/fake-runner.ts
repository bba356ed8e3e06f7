// `npm start` with stand-ins for the services: node --import tsx fake-runner.ts <folder> [options]
// With FAKE_TERMINAL it takes the pipes that it has for a terminal, keys included.
import { join } from 'node:path';
import { run } from '../src/runner/run';
import { fakeTopology } from './fake-service';

const [folder = '', ...options] = process.argv.slice(2);
const { topology, journal } = fakeTopology(folder);
process.env.FAKE_JOURNAL = journal;
if (process.env.FAKE_TERMINAL) {
  const { stdin, stdout } = process;
  Object.assign(stdin, { isTTY: true, setRawMode: () => stdin });
  Object.assign(stdout, { isTTY: true, columns: 80 });
}
run(['--data', join(folder, 'data'), ...options], { topology, ports: 'free' }).catch(
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
