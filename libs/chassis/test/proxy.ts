import { once } from 'node:events';
import net from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

/** A way to a server that can be cut. */
export interface Proxy {
  port: number;
  /** Lets connections through. */
  open(): Promise<void>;
  /** Cuts those there are and refuses new ones. */
  cut(): Promise<void>;
}

/** A proxy to what `url` names; closed at first, on a port that stays the same. */
export async function proxyTo(url: string): Promise<Proxy> {
  const { hostname, port: target } = new URL(url);
  const sockets = new Set<Socket>();
  const server = net.createServer((inside) => {
    const outside = net.connect(Number(target), hostname);
    for (const [from, to] of [[inside, outside] as const, [outside, inside] as const]) {
      sockets.add(from);
      from.pipe(to);
      from.on('error', () => to.destroy()).on('close', () => sockets.delete(from) && to.destroy());
    }
  });
  const listen = async (port: number) => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  };
  const cut = async () => {
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  await listen(0);
  const { port } = server.address() as AddressInfo;
  await cut();
  return { port, open: () => listen(port), cut };
}
