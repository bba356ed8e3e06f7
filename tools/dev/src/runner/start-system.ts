import { plainDisplay, silent } from './display';
import type { Runtime } from './runtime-file';
import { System, type SystemOptions } from './system';

/** How to start a system from a program. */
export interface StartSystemOptions extends Omit<SystemOptions, 'display'> {
  /** Prints nothing; otherwise plain lines. */
  quiet?: boolean;
}

/** A system that is up, and the handles to hurt it. */
export interface RunningSystem {
  gatewayUrl: string;
  cardProcessorUrl: string;
  /** File with the secrets that were made for it. */
  secretsFile: string;
  /** By service. */
  adminUrls: Runtime['adminUrls'];
  /** As they are now: a restarted process has another pid. */
  readonly services: Runtime['services'];
  kafkaBrokers: string;
  /** By service. */
  databaseUrls: Runtime['databaseUrls'];
  /** Folder with `<name>.log` of each process. */
  logsFolder: string;
  /** Sends a signal to a process (`postgres`: to the server itself); the runner restarts it if it dies. */
  kill(name: string, signal: NodeJS.Signals): void;
  /** Stops and starts a process; resolves when it is ready. */
  restart(name: string): Promise<void>;
  /** Drains a process and keeps it down. */
  stopProcess(name: string): Promise<void>;
  /** Starts it again; resolves when it is ready. Also waits for one that is restarting by itself. */
  startProcess(name: string): Promise<void>;
  /** Drains everything in order. */
  stop(): Promise<void>;
}

/**
 * Brings the system up as `npm start` does and resolves when all is ready. Throws, with everything ended again,
 * when something does not start. The built bundles in `dist/` must exist.
 */
export async function startSystem(options: StartSystemOptions): Promise<RunningSystem> {
  const display = options.quiet ? silent : plainDisplay((line) => console.log(line));
  const system = new System({ ...options, display });
  try {
    await system.start();
  } catch (error) {
    await system.stop();
    throw error;
  }
  const runtime = system.runtime();
  const { gatewayUrl = '', cardProcessorUrl = '', adminUrls, kafkaBrokers } = runtime;
  const { databaseUrls, logsFolder, secretsFile } = runtime;
  return {
    gatewayUrl,
    cardProcessorUrl,
    secretsFile,
    adminUrls,
    kafkaBrokers,
    databaseUrls,
    logsFolder,
    get services() {
      return system.runtime().services;
    },
    kill: (name, signal) => system.process(name).signal(signal),
    restart: (name) => system.process(name).restart(),
    stopProcess: (name) => system.process(name).stop(),
    startProcess: (name) => system.process(name).start(),
    stop: () => system.stop(),
  };
}
