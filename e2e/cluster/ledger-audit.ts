import { readdir, readFile } from 'node:fs/promises';
import type { Kubectl } from './kubectl';

const CHECKS = 'apps/payments/audit';
const POD = 'postgres-payments-0';

/**
 * Runs the checks of the ledger in its database, where that is a pod of infra-local; gives what they found, or
 * undefined where the database is elsewhere.
 */
export async function auditLedger(kubectl: Kubectl): Promise<string[] | undefined> {
  if (!(await kubectl.has(['pod', POD]))) return undefined;
  const findings: string[] = [];
  for (const file of (await readdir(CHECKS)).filter((name) => name.endsWith('.sql'))) {
    const sql = await readFile(`${CHECKS}/${file}`, 'utf8');
    const psql = ['psql', '-X', '-U', 'postgres', '-d', 'payments', '-At', '-v', 'ON_ERROR_STOP=1'];
    const rows = await kubectl.run(['exec', '-i', POD, '--', ...psql], sql);
    for (const row of rows.split('\n').filter((line) => line !== '')) {
      findings.push(`${file}: ${row}`);
    }
  }
  return findings;
}

/** Events that are still in an outbox; afterwards there may be none. */
export async function waitingEvents(kubectl: Kubectl, service: string): Promise<number> {
  const psql = ['psql', '-X', '-U', 'postgres', '-d', service, '-At', '-c'];
  const pod = `postgres-${service}-0`;
  const text = await kubectl.run(['exec', pod, '--', ...psql, 'SELECT count(*) FROM outbox']);
  return Number(text.trim());
}
