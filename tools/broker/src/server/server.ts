import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import type { BrokerState } from '../state';
import { type Connection, serveConnection } from './connection';

/** A listening socket. */
export interface Server {
  readonly port: number;
  /** Stops accepting, lets requests in flight finish, within limits, and closes connections. */
  close(): Promise<void>;
}

/** Listens. Rejects if the port cannot be had. */
export async function listen(broker: BrokerState): Promise<Server> {
  const { host, port, maxConnections, stopTimeoutMs, log } = broker.settings;
  const connections = new Set<Connection>();
  const server = createServer({ noDelay: true }, (socket) => {
    const connection = serveConnection(socket, broker);
    connections.add(connection);
    socket.on('close', () => connections.delete(connection));
  });
  server.maxConnections = maxConnections;
  server.listen(port, host);
  await once(server, 'listening');
  // Such as having no file descriptor left to accept with: the next connection may fare better.
  server.on('error', (error) => log(`accept failed: ${error.message}`));

  const close = async (): Promise<void> => {
    server.close();
    for (const { isBusy, socket } of connections) if (!isBusy) socket.destroy();
    const destroyAll = (): void => connections.forEach(({ socket }) => void socket.destroy());
    const timer = setTimeout(destroyAll, stopTimeoutMs);
    // It is closed when its last connection is.
    await once(server, 'close');
    clearTimeout(timer);
  };
  return { port: (server.address() as AddressInfo).port, close };
}
