import { urlsOf, type DatabaseSpec, type DatabaseUrls } from '../postgres/databases';
import { freePort, isFree } from '../ports';
import { chosenServices, type ServiceSpec, type Topology } from '../topology';
import type { Secrets } from './secrets';

/** One service with the ports it gets this time. */
export interface PlannedService {
  spec: ServiceSpec;
  ports: ServiceSpec['ports'];
}

/** What a start will bring up, decided before anything runs. */
export interface Plan {
  services: PlannedService[];
  /** The embedded server's port; undefined when every database is the user's own. */
  postgresPort?: number;
  /** The embedded broker's port; undefined when KAFKA_BROKERS names another. */
  brokerPort?: number;
  kafkaBrokers: string;
  /** Databases that are made in the embedded server. */
  databases: string[];
  /** Databases that the user brought, by service. */
  broughtDatabases: Record<string, DatabaseUrls>;
}

/** Decides services and ports. `onNotice` hears of each usual port that is taken. */
export async function makePlan(
  topology: Topology,
  options: { only?: string[]; ports: 'free' | 'usual'; env: NodeJS.ProcessEnv },
  onNotice: (text: string) => void,
): Promise<Plan> {
  const { env } = options;
  const specs = chosenServices(topology, options.only);
  const pick = async (what: string, usual: number): Promise<number> => {
    if (options.ports === 'free') return freePort();
    if (await isFree(usual)) return usual;
    const port = await freePort();
    onNotice(`Port ${usual} is taken; ${what} uses ${port}.`);
    return port;
  };
  const services: PlannedService[] = [];
  for (const spec of specs) services.push({ spec, ports: await pickPorts(spec, pick) });
  const withDatabase = specs.filter(({ database }) => database).map(({ name }) => name);
  const broughtDatabases = broughtBy(env, withDatabase);
  const databases = withDatabase.filter((name) => broughtDatabases[name] === undefined);
  const brought = env.KAFKA_BROKERS;
  const brokerPort = brought ? undefined : await pick('the broker', topology.broker.port);
  return {
    services,
    databases,
    broughtDatabases,
    brokerPort,
    kafkaBrokers: brought ?? `127.0.0.1:${brokerPort ?? 0}`,
    postgresPort:
      databases.length > 0 ? await pick('PostgreSQL', topology.postgres.port) : undefined,
  };
}

/** The roles and database of a service in the embedded server. */
export function databaseSpec(name: string, roles: Secrets['roles']): DatabaseSpec {
  const role = (kind: 'owner' | 'app') => {
    const roleName = `${name}_${kind}`;
    return { name: roleName, password: roles[roleName] ?? '' };
  };
  return { name, owner: role('owner'), runtime: role('app') };
}

/** The names of the roles that a service has. */
export function rolesOf(database: string): string[] {
  return [`${database}_owner`, `${database}_app`];
}

/** Connection strings of every service's database. */
export function databaseUrls(plan: Plan, secrets: Secrets): Record<string, DatabaseUrls> {
  const server = `postgres://127.0.0.1:${plan.postgresPort ?? 0}`;
  const made = plan.databases.map((name) => [
    name,
    urlsOf(server, databaseSpec(name, secrets.roles)),
  ]);
  return {
    ...plan.broughtDatabases,
    ...(Object.fromEntries(made) as Record<string, DatabaseUrls>),
  };
}

async function pickPorts(
  spec: ServiceSpec,
  pick: (what: string, usual: number) => Promise<number>,
): Promise<ServiceSpec['ports']> {
  const ports = { ...spec.ports };
  for (const kind of ['http', 'grpc', 'admin'] as const) {
    const usual = spec.ports[kind];
    if (usual !== undefined) ports[kind] = await pick(`${spec.name} (${kind})`, usual);
  }
  return ports;
}

/** `AUTH_DATABASE_URL` and `AUTH_MIGRATION_DATABASE_URL`, for each service that has them. */
function broughtBy(env: NodeJS.ProcessEnv, names: string[]): Record<string, DatabaseUrls> {
  const brought: Record<string, DatabaseUrls> = {};
  for (const name of names) {
    const runtime = env[`${name.toUpperCase()}_DATABASE_URL`];
    const owner = env[`${name.toUpperCase()}_MIGRATION_DATABASE_URL`] ?? runtime;
    if (runtime && owner) brought[name] = { runtime, owner };
  }
  return brought;
}
