import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { DatabaseUrls } from '../postgres/databases';
import { dataFolder, holderOf } from './data-folder';
import type { ProcessStatus } from './managed-process';
import { databaseUrls } from './plan';
import type { Ingredients } from './specs';

/** A process of the running system. */
export interface RunningProcess {
  name: string;
  pid?: number;
  ports: Record<string, number>;
}

/** What others may know of a running system: `.data/runtime.json`. Holds passwords, so mode 0600. */
export interface Runtime {
  /** The runner's. */
  pid: number;
  /** `http://localhost:8080`; absent when the gateway was not chosen. */
  gatewayUrl?: string;
  /** `http://localhost:7010`; absent when the card processor was not chosen. */
  cardProcessorUrl?: string;
  /** By service. */
  adminUrls: Record<string, string>;
  services: RunningProcess[];
  kafkaBrokers: string;
  /** By service. */
  databaseUrls: Record<string, DatabaseUrls>;
  secretsFile: string;
  logsFolder: string;
}

/** Puts together what is known of a system that runs. */
export function describeRunning(from: Ingredients, statuses: ProcessStatus[]): Runtime {
  const { plan, secrets, folder } = from;
  const urlOf = (name: string) => {
    const http = plan.services.find(({ spec }) => spec.name === name)?.ports.http;
    return http === undefined ? undefined : `http://localhost:${http}`;
  };
  const admin = plan.services.map(({ spec, ports }) => [
    spec.name,
    `http://localhost:${ports.admin}`,
  ]);
  return {
    pid: process.pid,
    gatewayUrl: urlOf('gateway'),
    cardProcessorUrl: urlOf('card-processor'),
    adminUrls: Object.fromEntries(admin) as Record<string, string>,
    services: statuses.map(({ name, pid, ports }) => ({ name, pid, ports })),
    kafkaBrokers: plan.kafkaBrokers,
    databaseUrls: databaseUrls(plan, secrets),
    secretsFile: folder.secrets,
    logsFolder: folder.logs,
  };
}

/** Writes the file in one step, so that a reader never sees half of it. */
export function writeRuntime(file: string, runtime: Runtime): void {
  writeFileSync(`${file}.new`, `${JSON.stringify(runtime, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** The system that runs on a data folder; undefined when none does. */
export function findRunning(root: string): Runtime | undefined {
  const { lock, runtime } = dataFolder(root);
  if (holderOf(lock) === undefined) return undefined;
  try {
    return JSON.parse(readFileSync(runtime, 'utf8')) as Runtime;
  } catch {
    return undefined;
  }
}
