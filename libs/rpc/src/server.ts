import { Server, ServerCredentials, type UntypedServiceImplementation } from '@grpc/grpc-js';
import { ReflectionService } from '@grpc/reflection';
import { packageDefinition } from '@quayside/contracts';
import { childLogger } from '@quayside/telemetry';
import { unaryHandler, type Proofs } from './handle-call';
import { createHealth } from './health';
import type { RpcService } from './service';

const log = childLogger({ component: 'rpc' });

/** A gRPC server with health and reflection. */
export interface RpcServer {
  /** Listens; gives the port, which matters when 0 was asked for. Rejects when it cannot be had. */
  bind(host: string, port: number): Promise<number>;
  /** grpc.health.v1: what the standard health check answers. */
  health: { setServing(serving: boolean): void };
  /** Takes no new calls, waits for open ones, cuts them off after `timeoutMs`. */
  drain(timeoutMs: number): Promise<void>;
}

/** What a server serves, and how it knows its callers. */
export interface RpcServerOptions extends Proofs {
  services: RpcService[];
  /**
   * Milliseconds after which a connection is asked to be made anew, so that clients find new replicas
   * (gRPC proposal A9); default 5 minutes.
   */
  maxConnectionAgeMs?: number;
  /** Milliseconds for which calls may go on on a connection that was told to end; default 30000. */
  maxConnectionAgeGraceMs?: number;
  /** Milliseconds for a call whose caller set no deadline; default 10000. */
  defaultDeadlineMs?: number;
}

const FIVE_MINUTES_MS = 300_000;
const HALF_A_MINUTE_MS = 30_000;
const LARGEST_MESSAGE_BYTES = 1024 * 1024;

/** Throws when somebody is to be let in whom this server has no means to recognise. */
function refuseUnprovable(services: RpcService[], proofs: Proofs) {
  const { verifier, serviceTokens, certificates } = proofs;
  const means = { public: true, user: verifier, service: certificates ?? serviceTokens };
  for (const { name, methods } of services) {
    const method = methods.find(({ access }) => means[access.kind] === undefined);
    if (!method) continue;
    const missing = method.access.kind === 'user' ? 'a verifier' : 'serviceTokens or certificates';
    throw new Error(`${name}.${method.name} needs ${missing}. Give it to the server.`);
  }
}

/** Makes a server; it listens after `bind` and says NOT_SERVING until told otherwise. */
export function createRpcServer(options: RpcServerOptions): RpcServer {
  const { services, verifier, serviceTokens, certificates, defaultDeadlineMs = 10_000 } = options;
  refuseUnprovable(services, options);
  const server = new Server({
    'grpc.max_connection_age_ms': options.maxConnectionAgeMs ?? FIVE_MINUTES_MS,
    'grpc.max_connection_age_grace_ms': options.maxConnectionAgeGraceMs ?? HALF_A_MINUTE_MS,
    'grpc.max_receive_message_length': LARGEST_MESSAGE_BYTES,
  });
  for (const { name, definition, methods } of services) {
    const implementation: UntypedServiceImplementation = {};
    for (const method of methods) {
      const proofs = { verifier, serviceTokens, certificates };
      implementation[method.name] = unaryHandler(name, method, proofs, defaultDeadlineMs);
    }
    server.addService(definition, implementation);
  }
  const names = services.map(({ name }) => name);
  const health = createHealth(names);
  health.addTo(server);
  new ReflectionService(packageDefinition, { services: names }).addToServer(server);

  return {
    health: { setServing: (serving) => health.setServing(serving) },
    bind: (host, port) =>
      bind(server, host, port, certificates?.server ?? ServerCredentials.createInsecure()),
    drain(timeoutMs) {
      health.setServing(false);
      health.endWatches();
      return shutDown(server, timeoutMs);
    },
  };
}

function bind(
  server: Server,
  host: string,
  port: number,
  credentials: ServerCredentials,
): Promise<number> {
  const address = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
  return new Promise((resolve, reject) => {
    server.bindAsync(address, credentials, (error, bound) => {
      if (!error) resolve(bound);
      else {
        const advice = 'Stop what listens there, or set another port.';
        reject(new Error(`gRPC cannot be served on ${address}. ${advice}`, { cause: error }));
      }
    });
  });
}

function shutDown(server: Server, timeoutMs: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      log.warn({ timeoutMs }, 'Calls were cut off: they took longer than the time to drain');
      // Works only while channelz is on (its default): grpc-js 1.14 knows its sessions from there.
      server.forceShutdown();
      resolve();
    }, timeoutMs);
    server.tryShutdown(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
