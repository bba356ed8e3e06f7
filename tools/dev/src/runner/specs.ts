import { join, resolve } from 'node:path';
import type { PostgresProcessOptions } from '../postgres/messages';
import { workspaceRoot } from '../workspace';
import type { DataFolder } from './data-folder';
import { authEnvironment, inherited, serviceEnvironment } from './environment';
import { databaseUrls, type Plan, type PlannedService } from './plan';
import type { Secrets } from './secrets';

/** What to run: a name, a program with its arguments, its environment. */
export interface Program {
  name: string;
  /** node's arguments. */
  args: string[];
  env: NodeJS.ProcessEnv;
  /** Where it will be reachable. */
  ports: Record<string, number>;
  /** Before `args`: it loads, and listens only when it is told to (src/programs/hold.ts). */
  holdArgs?: string[];
}

/** What every program here is made from. */
export interface Ingredients {
  plan: Plan;
  secrets: Secrets;
  folder: DataFolder;
  /** The runner's environment with what its caller added. */
  env: NodeJS.ProcessEnv;
}

/** The embedded PostgreSQL; undefined when every database is the user's own. */
export function postgresProgram(from: Ingredients): Program | undefined {
  const port = from.plan.postgresPort;
  if (port === undefined) return undefined;
  const options: PostgresProcessOptions = {
    dataDir: from.folder.postgres,
    port,
    password: from.secrets.postgres,
    forTests: false,
    removeOnStop: false,
    // The runner holds the lock of the data folder: a server that still runs there is a left-over of ours.
    takeOver: true,
  };
  const env = { ...inherited(from.env), QUAYSIDE_POSTGRES: JSON.stringify(options) };
  return { name: 'postgres', args: nodeArgs(devFile('postgres')), env, ports: { postgres: port } };
}

/** The embedded broker; undefined when KAFKA_BROKERS names another. */
export function brokerProgram({ plan, folder, env }: Ingredients): Program | undefined {
  const port = plan.brokerPort;
  if (port === undefined) return undefined;
  const own = { BROKER_DATA_DIR: folder.broker, BROKER_PORT: String(port) };
  const args = nodeArgs(devFile('broker'));
  return { name: 'broker', args, env: { ...inherited(env), ...own }, ports: { kafka: port } };
}

/** The step that makes the topics, as in a cluster: every service's program has it, for the topics of all. */
export function topicsProgram({ plan, env }: Ingredients): Program | undefined {
  const [service] = plan.services;
  if (service === undefined) return undefined;
  const own = { KAFKA_BROKERS: plan.kafkaBrokers };
  const args = [...nodeArgs(serviceFile(service)), 'topics'];
  return { name: 'topics', args, env: { ...inherited(env), ...own }, ports: {} };
}

/**
 * MiB. V8 lets its nursery grow to twice this and more before it looks for older garbage: 8 takes 6 to 14 MiB
 * less per idle service than the default, and payments were not slower for it (docs/performance.md).
 */
const SMALL_YOUNG_GENERATION = ['--max-semi-space-size=8'];

/** A service. */
export function serviceProgram(service: PlannedService, from: Ingredients): Program {
  const { plan, secrets } = from;
  const urls = databaseUrls(plan, secrets);
  const { name } = service.spec;
  return {
    name,
    args: [...SMALL_YOUNG_GENERATION, ...nodeArgs(serviceFile(service))],
    env: {
      ...serviceEnvironment(service, plan, secrets, urls, from),
      ...(name === 'auth' && authEnvironment(from)),
    },
    ports: { ...service.ports },
    holdArgs: ['--require', devFile('hold')],
  };
}

/** The step that runs a service's migrations; it alone gets the owner's connection. */
export function migrationProgram(service: PlannedService, from: Ingredients): Program | undefined {
  const url = databaseUrls(from.plan, from.secrets)[service.spec.name]?.owner;
  if (url === undefined) return undefined;
  const { args, env } = serviceProgram(service, from);
  return {
    name: `migrate-${service.spec.name}`,
    args: [...args, 'migrate'],
    env: { ...env, MIGRATION_DATABASE_URL: url },
    ports: {},
  };
}

function serviceFile({ spec }: PlannedService): string {
  return resolve(workspaceRoot, 'dist', spec.project, 'main.js');
}

function devFile(name: string): string {
  return join(workspaceRoot, 'dist/tools/dev', `${name}.js`);
}

function nodeArgs(program: string): string[] {
  return ['--enable-source-maps', '--require', devFile('end-with-parent'), program];
}
