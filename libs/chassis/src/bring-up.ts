import { ConfigError } from '@quayside/config';
import type { Database } from '@quayside/database';
import { createAdminServer } from '@quayside/http';
import type { TokenVerifier } from '@quayside/identity';
import type { z } from 'zod';
import { startBackground } from './background';
import type { ServiceParts } from './definition';
import type { Launch, Ports } from './launch';
import { serveHttp, serveRpc } from './listeners';
import { assertMigrated, migrationsFolder } from './migrations';
import { createResources, required } from './resources';
import type { Resources } from './resources';
import { waitUntil } from './retry';

type AnyLaunch = Launch<z.ZodRawShape>;

async function openAdminPort({ settings, health, drain }: AnyLaunch): Promise<number> {
  const admin = createAdminServer({
    host: settings.ADMIN_HOST,
    port: settings.ADMIN_PORT,
    health,
  });
  const port = await admin.listen();
  // Last of all: until then the probes and the metrics tell how the drain goes.
  drain.add('close admin port', 'admin port', (timeoutMs) => admin.drain(timeoutMs), 500);
  return port;
}

/** Asking Kafka takes a connection of its own each time. */
const kafkaFreshForMs = 10_000;

function openResources(launch: AnyLaunch): Resources {
  const { definition, settings, options, drain, health } = launch;
  const resources = createResources(definition.name, settings, options.verifier);
  const { database, clientPool, kafka, certificates } = resources;
  if (certificates) drain.add('close connections', 'certificates', () => certificates.close());
  drain.add('close connections', 'clients', () => clientPool.close());
  if (database) drain.add('close connections', 'database', () => database.close());
  if (kafka) {
    health.addDependency('kafka', () => kafka.ping(), kafkaFreshForMs);
    drain.add('close connections', 'kafka', () => kafka.close());
  }
  return resources;
}

/** Says what start-up waits for, in `/readyz` and in the log, and waits. */
async function waitFor<T>(launch: AnyLaunch, what: string, attempt: () => Promise<T>): Promise<T> {
  const { health, log, stopping } = launch;
  health.setWaitingFor(what);
  const result = await waitUntil(what, attempt, { signal: stopping, log });
  health.setWaitingFor(undefined);
  return result;
}

async function seeMigrations(launch: AnyLaunch, database: Database): Promise<void> {
  const folder = migrationsFolder(launch.settings.MIGRATIONS_FOLDER);
  if (folder !== undefined) {
    await waitFor(launch, 'the migrations', () => assertMigrated(database, folder));
  } else if (launch.options.requireMigrations) {
    throw new ConfigError([
      'There is no `migrations` folder beside the bundle. Build first, or set MIGRATIONS_FOLDER.',
    ]);
  }
}

async function reachDatabase(launch: AnyLaunch, { database }: Resources): Promise<void> {
  if (!database) return;
  launch.health.addDependency('database', () => database.ping());
  await waitFor(launch, 'the database', () => database.ping());
  await seeMigrations(launch, database);
}

function build<Shape extends z.ZodRawShape>(
  { definition, settings, log, endingStreams }: Launch<Shape>,
  resources: Resources,
): ServiceParts | Promise<ServiceParts> {
  return definition.build({
    settings,
    logger: log.child({ component: 'service' }),
    get database() {
      return required(resources.database, 'DATABASE_URL');
    },
    get kafka() {
      return required(resources.kafka, 'KAFKA_BROKERS');
    },
    serviceTokens: resources.serviceTokens,
    verifier: resources.verifier,
    clients: resources.clientPool.clients,
    draining: endingStreams,
  });
}

/** Keys are loaded once before traffic comes; later the verifier keeps them fresh by itself. */
async function loadKeys(
  launch: AnyLaunch,
  parts: ServiceParts,
  resources: Resources,
): Promise<TokenVerifier> {
  if (parts.verifier) return parts.verifier;
  if (launch.definition.without?.includes('identity')) return resources.verifier;
  if (resources.loadKeys) await waitFor(launch, 'the keys of auth', resources.loadKeys);
  return resources.verifier;
}

/** Everything from the admin port to ready, in this order. */
export async function bringUp<Shape extends z.ZodRawShape>(launch: Launch<Shape>): Promise<Ports> {
  const admin = await openAdminPort(launch);
  const resources = openResources(launch);
  await reachDatabase(launch, resources);
  const parts = await build(launch, resources);
  launch.drain.add('close service', 'service', () => parts.close?.());
  const verifier = await loadKeys(launch, parts, resources);
  const rpc = await serveRpc(launch, parts, { ...resources, verifier });
  const http = await serveHttp(launch, parts);
  startBackground(launch, parts, resources);
  launch.health.setReady(true);
  rpc?.setServing(true);
  const ports = { admin, ...(rpc && { grpc: rpc.port }), ...(http !== undefined && { http }) };
  launch.log.info({ ports }, 'Ready');
  parts.onReady?.();
  return ports;
}
