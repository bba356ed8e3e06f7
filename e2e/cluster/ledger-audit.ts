import { readdir, readFile } from 'node:fs/promises';
import type { Kubectl } from './kubectl';
import { services, type Service } from './releases';

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

const psqlOf = (service: string) => ['psql', '-X', '-U', 'postgres', '-d', service, '-At', '-c'];

/** A relay sends within a second; one that has just taken over may need longer. */
const TRIES = 20;
const PAUSE_MS = 1_000;

async function unsentOf(kubectl: Kubectl, service: Service): Promise<number> {
  const command = ['exec', `postgres-${service}-0`, '--', ...psqlOf(service)];
  return Number((await kubectl.run([...command, 'SELECT count(*) FROM outbox'])).trim());
}

/**
 * Outboxes that do not become empty, in words: every service has one. Those in databases that are no pods of infra-local
 * cannot be seen from here and are left out.
 */
export async function unsentEvents(
  kubectl: Kubectl,
  wait: (ms: number) => Promise<unknown>,
): Promise<string[]> {
  const findings: string[] = [];
  for (const service of services) {
    if (!(await kubectl.has(['pod', `postgres-${service}-0`]))) continue;
    let unsent = await unsentOf(kubectl, service);
    for (let tries = 1; unsent > 0 && tries < TRIES; tries += 1) {
      await wait(PAUSE_MS);
      unsent = await unsentOf(kubectl, service);
    }
    if (unsent > 0) findings.push(`${unsent} events are still in the outbox of ${service}`);
  }
  return findings;
}
