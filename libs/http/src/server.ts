import { Server } from 'node:http';
import type { IncomingMessage, RequestListener, ServerOptions, ServerResponse } from 'node:http';
import net from 'node:net';
import type { AddressInfo } from 'node:net';
import { trackConnections } from './connections';
import type { Connections } from './connections';
import { messageClassesOf } from './message-classes';

/** Where a server listens. */
export interface Address {
  host: string;
  /** 0 picks a free port. */
  port: number;
}

/** Whether a request is let in; one that is not has got its answer. */
export type Admit = (request: IncomingMessage, response: ServerResponse) => boolean;

/** Address and time limits (milliseconds) of a server. */
export interface HttpServerOptions extends Address {
  /** Asked before anything is done for a request, tracing included. Default: all are let in. */
  admit?: Admit;
  /** How long an idle connection is kept: above the 60 s of usual load balancers. Default 65 s. */
  keepAliveTimeoutMs?: number;
  /** How long a client may take to send the headers of a request. Default 20 s. */
  headersTimeoutMs?: number;
  /** How long a client may take to send a whole request. Default 60 s. */
  requestTimeoutMs?: number;
}

/** How a drain ended. */
export interface DrainResult {
  /** Requests that had no complete answer when the time was up. */
  cut: number;
}

/** A listening HTTP server that can be drained. */
export interface HttpServer {
  /** Listens and resolves with the port. Rejects when the port is taken. */
  listen(): Promise<number>;
  /**
   * From now on each connection ends with its next answer; new ones are still accepted. Clients leave before the drain
   * closes connections that a request may be on its way on.
   */
  retire(): void;
  /**
   * Stops accepting, answers what has arrived with `Connection: close`, closes idle connections;
   * after `timeoutMs` the rest is cut. Never rejects.
   */
  drain(timeoutMs: number): Promise<DrainResult>;
}

/** How often the limits for headers and requests are looked at; Node's own 30 s would let a slow client stay so much longer. */
const checkingIntervalMs = 1_000;

/** Idle connections may still bring a request that was on its way when the drain began. */
const idleGraceMs = 250;

function listen(server: Server, { host, port }: Address): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

/** Two turns of the event loop: what the kernel held before has been accepted and read after them. */
async function readWhatHasArrived(): Promise<void> {
  for (let turn = 0; turn < 2; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** Closes the listening socket only; http.Server's own close would cut idle connections at once. */
const stopAccepting = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    net.Server.prototype.close.call(server, () => resolve());
  });

async function drain(
  server: Server,
  connections: Connections,
  timeoutMs: number,
): Promise<DrainResult> {
  if (!server.listening) return { cut: 0 };
  connections.closeAfterAnswer();
  await readWhatHasArrived();
  const closed = stopAccepting(server);
  const grace = setTimeout(() => connections.closeIdle(), Math.min(idleGraceMs, timeoutMs / 2));
  let cut = 0;
  const limit = setTimeout(() => {
    cut = connections.cutAll();
  }, timeoutMs);
  await closed;
  clearTimeout(grace);
  clearTimeout(limit);
  return { cut };
}

/** Sees each request before the listeners do, and before instrumentation, which wraps what `super.emit` is. */
class GuardedServer extends Server {
  constructor(
    options: ServerOptions,
    private readonly admit: Admit,
  ) {
    super(options);
  }

  override emit(event: string, ...values: unknown[]): boolean {
    if (event !== 'request') return super.emit(event, ...values);
    const [request, response] = values as [IncomingMessage, ServerResponse];
    return !this.admit(request, response) || super.emit(event, request, response);
  }
}

/** An HTTP/1.1 server for `handler`, which may be an Express app. */
export function createHttpServer(
  handler: RequestListener,
  { admit = () => true, ...options }: HttpServerOptions,
): HttpServer {
  const serverOptions = {
    keepAliveTimeout: options.keepAliveTimeoutMs ?? 65_000,
    headersTimeout: options.headersTimeoutMs ?? 20_000,
    requestTimeout: options.requestTimeoutMs ?? 60_000,
    connectionsCheckingInterval: checkingIntervalMs,
    ...messageClassesOf(handler),
  };
  const server = new GuardedServer(serverOptions, (request, response) => {
    // An answer that is given at once is owed as well.
    connections.owe(request, response);
    return admit(request, response);
  });
  const connections = trackConnections(server);
  server.on('request', handler);
  return {
    listen: () => listen(server, options),
    retire: () => connections.closeAfterAnswer(),
    drain: (timeoutMs) => drain(server, connections, timeoutMs),
  };
}
