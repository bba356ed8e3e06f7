import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import type { BrokerState } from '../state';
import { type Connection, serveConnection } from './connection';

/** A listening socket. */
export interface Server {
  readonly port: number;
  /** Stops accepting, lets requests in flight finish (bounded in time) and closes all connections. */
  close(): Promise<void>;
}

/** Listens. Rejects if the port cannot be had. */
export async function listen(broker: BrokerState): Promise<Server> {
  const { host, port, maxConnections } = broker.settings;
  const connections = new Set<Connection>();
  const server = createServer((socket) => {
    const connection = serveConnection(socket, broker);
    connections.add(connection);
    void connection.ended.then(() => connections.delete(connection));
  });
  server.maxConnections = maxConnections;
  server.listen(port, host);
  await once(server, 'listening');
  // Such as having no file descriptor left to accept with: the next connection may fare better.
  server.on('error', (error) => broker.settings.log(`accept failed: ${error.message}`));
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      const closed = once(server, 'close');
      server.close();
      await endConnections([...connections], broker.settings.stopTimeoutMs);
      await closed;
    },
  };
}

async function endConnections(
  connections: readonly Connection[],
  timeoutMs: number,
): Promise<void> {
  for (const { isBusy, socket } of connections) if (!isBusy) socket.destroy();
  const timer = setTimeout(() => {
    for (const { socket } of connections) socket.destroy();
  }, timeoutMs);
  await Promise.all(connections.map((connection) => connection.ended));
  clearTimeout(timer);
}
