// The calling service, as a process: calls auth without a pause until told to stop, and counts who answered.
import dns from 'node:dns';
import { services } from '@quayside/contracts';
import { createRpcClient } from '@quayside/rpc';

/** What the caller tells its parent. */
export interface Report {
  calls: number;
  failures: string[];
  /** Calls by the replica that answered. */
  answered: Record<string, number>;
}

const CALLERS = 8;
const REPORT_MS = 50;

const resolver = new dns.promises.Resolver();
resolver.setServers([process.env.DNS_SERVER ?? '']);

/** In place of the system's resolver, whose name server only root can change. */
async function lookup(host: string): Promise<dns.LookupAddress[]> {
  const found = await resolver.resolve4(host);
  return found.map((address) => ({ address, family: 4 }));
}
Object.assign(dns.promises, { lookup });

const report: Report = { calls: 0, failures: [], answered: {} };
const auth = createRpcClient({
  name: 'auth',
  definition: services.auth,
  address: process.env.AUTH_ADDRESS ?? '',
});

let stopped = false;

/** Login is not retried by policy, so nothing but the balancing and the drain keeps it from failing. */
async function callOn(): Promise<void> {
  while (!stopped) {
    try {
      const { userId } = await auth.Login({});
      report.answered[userId] = (report.answered[userId] ?? 0) + 1;
    } catch (error) {
      const { cause, message } = error as Error;
      report.failures.push(cause instanceof Error ? cause.message : message);
    }
    report.calls += 1;
  }
}

const tell = () => process.send?.(report);
const reporting = setInterval(tell, REPORT_MS);
process.on('message', () => (stopped = true));

void Promise.all(Array.from({ length: CALLERS }, callOn)).then(() => {
  clearInterval(reporting);
  tell();
  auth.close();
  process.disconnect();
});
