import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

/** What `npm start -- ...` was asked to do. */
export interface CommandLine {
  watch: boolean;
  logs: boolean;
  reset: boolean;
  help: boolean;
  freePorts: boolean;
  only: string[];
  /** The data folder, absolute. */
  data: string;
}

export const usage = `npm start -- [options]

  --only payments,auth   start these services and what they call
  --logs                 show the logs of all processes (key: l)
  --reset                empty the data folder first
  --data <folder>        keep data elsewhere than in .data
  --free-ports           any free ports, not the usual ones
  --watch                rebuild and restart a service on save (npm run dev)

Bring your own: set KAFKA_BROKERS, or AUTH_DATABASE_URL (and AUTH_MIGRATION_DATABASE_URL), likewise USERS_,
PAYMENTS_ and GATEWAY_. What you bring is not started here.`;

/** Reads the arguments. Throws a sentence for one that does not exist. */
export function readCommandLine(args: string[], workspaceRoot: string): CommandLine {
  const { values } = parseArgs({
    args,
    options: {
      watch: { type: 'boolean', default: false },
      logs: { type: 'boolean', default: false },
      reset: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
      'free-ports': { type: 'boolean', default: false },
      only: { type: 'string', default: '' },
      data: { type: 'string', default: '.data' },
    },
  });
  const { 'free-ports': freePorts, ...given } = values;
  const only = given.only.split(',').map((name) => name.trim());
  return {
    ...given,
    freePorts,
    only: only.filter((name) => name !== ''),
    data: resolve(workspaceRoot, given.data),
  };
}
