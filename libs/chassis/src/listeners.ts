import { ConfigError } from '@quayside/config';
import { createHttpServer } from '@quayside/http';
import { createRpcServer } from '@quayside/rpc';
import type { z } from 'zod';
import { withDatabaseErrors } from './database-errors';
import type { ServiceParts } from './definition';
import type { Launch } from './launch';
import type { Resources } from './resources';

type AnyLaunch = Launch<z.ZodRawShape>;

/** Requests may use this share of the time to shut down; what comes after needs some too. */
const requestsShare = 0.7;

function portOf(port: number | undefined, name: string): number {
  if (port !== undefined) return port;
  throw new ConfigError([`${name} is not set. Set it: this service listens there.`]);
}

/** A gRPC server that listens. */
export interface ListeningRpc {
  port: number;
  /** What grpc.health.v1 answers. */
  setServing(serving: boolean): void;
}

/** Serves the gRPC services of `parts`, if there are any. */
export async function serveRpc(
  { settings, drain }: AnyLaunch,
  parts: ServiceParts,
  { verifier, serviceTokens, certificates }: Resources,
): Promise<ListeningRpc | undefined> {
  if (!parts.rpc) return undefined;
  const server = createRpcServer({
    services: parts.rpc.map(withDatabaseErrors),
    verifier,
    serviceTokens,
    certificates,
    maxConnectionAgeMs: settings.GRPC_MAX_CONNECTION_AGE_MS,
    maxConnectionAgeGraceMs: settings.GRPC_MAX_CONNECTION_AGE_GRACE_MS,
  });
  const port = await server.bind(settings.GRPC_HOST, portOf(settings.GRPC_PORT, 'GRPC_PORT'));
  const maxMs = settings.SHUTDOWN_TIMEOUT_MS * requestsShare;
  drain.add('not ready', 'grpc health', () => server.health.setServing(false));
  drain.add('finish requests', 'grpc', (timeoutMs) => server.drain(timeoutMs), maxMs);
  return { port, setServing: (serving) => server.health.setServing(serving) };
}

/** Serves the HTTP app of `parts`, if there is one, and resolves with its port. */
export async function serveHttp(
  { settings, drain }: AnyLaunch,
  { http, admit }: ServiceParts,
): Promise<number | undefined> {
  if (!http) return undefined;
  const port = portOf(settings.HTTP_PORT, 'HTTP_PORT');
  const server = createHttpServer(http, { host: settings.HTTP_HOST, port, admit });
  const listening = await server.listen();
  const maxMs = settings.SHUTDOWN_TIMEOUT_MS * requestsShare;
  drain.add('not ready', 'keep-alive', () => server.retire());
  drain.add('finish requests', 'http', (timeoutMs) => server.drain(timeoutMs), maxMs);
  return listening;
}
