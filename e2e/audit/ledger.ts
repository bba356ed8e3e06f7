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

/** The checks of apps/payments/audit, or of a folder in it. */
export async function readChecks(within = '.') {
  const files = (await readdir(join(folder, within))).filter((file) => file.endsWith('.sql'));
  return Promise.all(
    files.sort().map(async (file) => {
      const sql = await readFile(join(folder, within, file), 'utf8');
      return { name: file.replace('.sql', ''), rule: ruleOf(sql), sql };
    }),
  );
}

/** Runs every check of apps/payments/audit, each on a snapshot of its own. */
export async function checkLedger(databaseUrl: string): Promise<CheckResult[]> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const results: CheckResult[] = [];
    for (const check of await readChecks()) {
      const { rows } = await client.query<Record<string, unknown>>(check.sql);
      results.push({ name: check.name, rule: check.rule, findings: rows });
    }
    return results;
  } finally {
    await client.end();
  }
}
