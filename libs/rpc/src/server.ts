import { Server, ServerCredentials, type UntypedServiceImplementation } from '@grpc/grpc-js';
import { packageDefinition } from '@quayside/contracts';
import { ReflectionService } from '@grpc/reflection';
import type { Authenticators } from '@quayside/identity';
import { HealthImplementation } from 'grpc-health-check';
import { unaryHandler } from './handle-call';
import type { RpcService } from './service';

/** A gRPC server with health and reflection. */
export interface RpcServer {
  /** Listens; gives the port, which matters when 0 was asked for. */
  bind(host: string, port: number): Promise<number>;
  /** grpc.health.v1: what the standard health check answers. */
  health: { setServing(serving: boolean): void };
  /** Takes no new calls, waits for open ones, cuts them off after `timeoutMs`. */
  drain(timeoutMs: number): Promise<void>;
}

/** What a server serves, and how it knows its callers. */
export interface RpcServerOptions extends Authenticators {
  services: RpcService[];
  /**
   * Milliseconds after which a connection is asked to be made anew, so that clients find new replicas
   * (gRPC proposal A9); default 5 minutes.
   */
  maxConnectionAgeMs?: number;
}

const FIVE_MINUTES_MS = 300_000;
/** Calls may go on for this long on a connection that has been told to end. */
const CONNECTION_AGE_GRACE_MS = 30_000;
const LARGEST_MESSAGE_BYTES = 1024 * 1024;

/** The name of a service, from the path of its first method: `/quayside.auth.v1.AuthService/Login`. */
export function serviceName(definition: object): string {
  const [first] = Object.values(definition) as { path: string }[];
  return first?.path.split('/')[1] ?? 'unknown';
}

function implementationOf(service: RpcService, authenticators: Authenticators) {
  const name = serviceName(service.definition);
  const implementation: UntypedServiceImplementation = {};
  for (const method of service.methods) {
    implementation[method.name] = unaryHandler(name, method, authenticators);
  }
  return implementation;
}

/** Makes a server; it listens after `bind` and says NOT_SERVING until told otherwise. */
export function createRpcServer(options: RpcServerOptions): RpcServer {
  const { services, verifier, serviceTokens, maxConnectionAgeMs = FIVE_MINUTES_MS } = options;
  const server = new Server({
    'grpc.max_connection_age_ms': maxConnectionAgeMs,
    'grpc.max_connection_age_grace_ms': CONNECTION_AGE_GRACE_MS,
    'grpc.max_receive_message_length': LARGEST_MESSAGE_BYTES,
  });
  const names = services.map(({ definition }) => serviceName(definition));
  const health = new HealthImplementation(
    Object.fromEntries(['', ...names].map((name) => [name, 'NOT_SERVING' as const])),
  );
  for (const service of services) {
    server.addService(service.definition, implementationOf(service, { verifier, serviceTokens }));
  }
  health.addToServer(server);
  new ReflectionService(packageDefinition, { services: names }).addToServer(server);

  return {
    health: {
      setServing(serving) {
        for (const name of ['', ...names]) {
          health.setStatus(name, serving ? 'SERVING' : 'NOT_SERVING');
        }
      },
    },
    bind: (host, port) =>
      new Promise((resolve, reject) => {
        const address = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
        server.bindAsync(address, ServerCredentials.createInsecure(), (error, bound) => {
          if (error) reject(error);
          else resolve(bound);
        });
      }),
    drain: (timeoutMs) =>
      new Promise((resolve) => {
        const timer = setTimeout(() => {
          server.forceShutdown();
          resolve();
        }, timeoutMs);
        server.tryShutdown(() => {
          clearTimeout(timer);
          resolve();
        });
      }),
  };
}
