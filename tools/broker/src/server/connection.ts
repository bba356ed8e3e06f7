import type { Socket } from 'node:net';
import { MalformedError } from '../protocol/errors';
import type { BrokerState } from '../state';
import { dispatch } from './dispatch';
import { readFrames } from './frames';

/** A client's connection, as far as stopping the server needs to know it. */
export interface Connection {
  readonly socket: Socket;
  isBusy: boolean;
  /** Settles when the connection has ended; never rejects. */
  readonly ended: Promise<void>;
}

/**
 * Serves a connection. One request at a time, as Kafka does it: responses are in order, and a client
 * that sends ahead or does not read its answers fills its own socket buffers, not our memory.
 */
export function serveConnection(socket: Socket, broker: BrokerState): Connection {
  const connection = { socket, isBusy: false, ended: Promise.resolve() };
  socket.setNoDelay(true);
  // Reading reports errors; one that comes later must not become an uncaught exception.
  socket.on('error', () => undefined);
  socket.setTimeout(broker.settings.idleTimeoutMs, () => socket.destroy());
  connection.ended = serve(connection, broker)
    .catch((error: unknown) => report(error, socket, broker))
    .finally(() => socket.destroy());
  return connection;
}

async function serve(connection: { socket: Socket; isBusy: boolean }, broker: BrokerState) {
  const { socket } = connection;
  const peer = {
    clientHost: `/${socket.remoteAddress ?? ''}`,
    address: { host: advertisedHost(socket, broker), port: socket.localPort ?? 0 },
  };
  for await (const frame of readFrames(socket, broker.settings.maxRequestBytes)) {
    connection.isBusy = true;
    const response = await dispatch(frame, peer, broker);
    if (response) await send(socket, response);
    connection.isBusy = false;
    if (broker.stopping.aborted) return;
  }
}

/** Resolves when the operating system has taken the response; a slow reader is waited for here. */
function send(socket: Socket, parts: readonly Buffer[]): Promise<void> {
  const size = Buffer.alloc(4);
  size.writeInt32BE(parts.reduce((sum, part) => sum + part.length, 0));
  return new Promise((resolve, reject) => {
    socket.cork();
    socket.write(size);
    parts.forEach((part, index) => {
      const isLast = index === parts.length - 1;
      socket.write(part, isLast ? (error) => (error ? reject(error) : resolve()) : undefined);
    });
    socket.uncork();
  });
}

// Listening on every interface, only the client's own way in is sure to work for it.
function advertisedHost(socket: Socket, { settings: { host } }: BrokerState): string {
  const isWildcard = host === '0.0.0.0' || host === '::';
  return isWildcard ? (socket.localAddress ?? host) : host;
}

function report(error: unknown, socket: Socket, broker: BrokerState): void {
  const peer = `${socket.remoteAddress ?? '?'}:${socket.remotePort ?? '?'}`;
  if (error instanceof MalformedError) {
    broker.settings.log(`closed ${peer}: ${error.message}`);
  } else if (!isDisconnect(error)) {
    broker.settings.log(`closed ${peer}: ${error instanceof Error ? (error.stack ?? '') : ''}`);
  }
}

function isDisconnect(error: unknown): boolean {
  const code = (error as { code?: unknown } | undefined)?.code;
  return ['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE', 'ABORT_ERR'].includes(String(code));
}
