import { startChild, type Child } from '../child';
import type { DnsServer } from './dns-server';

/** A replica of a service: a process on an address of its own. */
interface Replica {
  /** Its address, which it also answers with. */
  address: string;
  child: Child;
}

/** How long the name goes on holding an address whose process was told to end, as in a cluster. */
const NAME_LAGS_MS = 500;

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** The replicas behind one name. Only those that are ready are in it. */
export function createReplicas(dns: DnsServer, port: number, env: Record<string, string>) {
  const running: Replica[] = [];
  const all: Child[] = [];
  let last = 0;
  const publish = () => dns.answer(running.map(({ address }) => address));

  async function start(): Promise<Replica> {
    last += 1;
    const address = `127.0.0.${10 + last}`;
    const child = startChild({
      GRPC_HOST: address,
      GRPC_PORT: String(port),
      GREETING: address,
      ...env,
    });
    all.push(child);
    await child.ready;
    return { address, child };
  }

  return {
    /** Adds so many, together; gives their addresses. */
    async add(count: number): Promise<string[]> {
      const added = await Promise.all(Array.from({ length: count }, start));
      running.push(...added);
      publish();
      return added.map(({ address }) => address);
    },
    /** Ends the oldest, together, as Kubernetes does: the signal at once, the name a little later. */
    async remove(count: number): Promise<void> {
      const removed = running.splice(0, count);
      for (const { child } of removed) child.kill('SIGTERM');
      await wait(NAME_LAGS_MS);
      publish();
      const codes = await Promise.all(removed.map(({ child }) => child.exited));
      if (codes.some((code) => code !== 0)) throw new Error(`A replica ended with ${codes.join()}`);
    },
    async close(): Promise<void> {
      for (const child of all) child.kill('SIGKILL');
      await Promise.all(all.map(({ exited }) => exited));
    },
  };
}
