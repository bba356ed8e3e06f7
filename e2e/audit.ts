import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import type { RunningSystem } from '@quayside/dev';

const checksFolder = join(import.meta.dirname, '../apps/payments/audit');

/** One thing that is wrong with the ledger. */
export interface Finding {
  check: string;
  row: Record<string, unknown>;
}

/** Runs every check of apps/payments/audit on the payments database; an intact ledger has no findings. */
export async function auditLedger(system: RunningSystem): Promise<Finding[]> {
  const client = new Client({ connectionString: system.databaseUrls.payments?.owner });
  await client.connect();
  try {
    const findings: Finding[] = [];
    for (const file of (await readdir(checksFolder)).filter((name) => name.endsWith('.sql'))) {
      const sql = await readFile(join(checksFolder, file), 'utf8');
      const { rows } = await client.query<Record<string, unknown>>(sql);
      findings.push(...rows.map((row) => ({ check: file, row })));
    }
    return findings;
  } finally {
    await client.end();
  }
}
