import { createServer } from 'node:net';

/** Ports handed out by this process a moment ago, so that two calls in a row never get the same one. */
const handedOut = new Set<number>();

/**
 * A TCP port that is free now: the wished one if nothing listens on it, else any other.
 * Without a wish (0) any free port.
 */
export async function freePort(wished = 0): Promise<number> {
  if (wished > 0 && (await isFree(wished))) return wished;
  for (;;) {
    const port = await anyPort();
    if (handedOut.has(port)) continue;
    handedOut.add(port);
    setTimeout(() => handedOut.delete(port), 30_000).unref();
    return port;
  }
}

/** Whether nothing listens on the port, on loopback of either family or on all addresses. */
export async function isFree(port: number): Promise<boolean> {
  // One after the other: on macOS a wildcard listener does not keep others off 127.0.0.1, so one look is not enough.
  for (const host of ['127.0.0.1', '::1', '0.0.0.0']) {
    if (!(await canListen(host, port))) return false;
  }
  return true;
}

function canListen(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    // No IPv6 on this host (EADDRNOTAVAIL, EAFNOSUPPORT) does not make the port taken.
    server.once('error', (error: NodeJS.ErrnoException) =>
      resolve(error.code !== 'EADDRINUSE' && error.code !== 'EACCES'),
    );
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

function anyPort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
