import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';

const folder = join(import.meta.dirname, '../../apps/payments/audit');

/** One check and what it found. */
export interface CheckResult {
  name: string;
  /** What must hold. */
  rule: string;
  /** Rows that break the rule; empty: it holds. */
  findings: Record<string, unknown>[];
}

/** The comment that a check begins with. */
function ruleOf(sql: string): string {
  const lines = sql.split('\n');
  const end = lines.findIndex((line) => !line.startsWith('--'));
  return lines
    .slice(0, end)
    .map((line) => line.replace(/^-- ?/, ''))
    .join(' ');
}

/** Runs every check of apps/payments/audit, each on a snapshot of its own. */
export async function checkLedger(databaseUrl: string): Promise<CheckResult[]> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const results: CheckResult[] = [];
    for (const file of (await readdir(folder)).sort()) {
      const sql = await readFile(join(folder, file), 'utf8');
      const { rows } = await client.query<Record<string, unknown>>(sql);
      results.push({ name: file.replace('.sql', ''), rule: ruleOf(sql), findings: rows });
    }
    return results;
  } finally {
    await client.end();
  }
}
