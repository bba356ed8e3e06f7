import { Client } from 'pg';
import { readChecks, type CheckResult } from './ledger';

/** Where the card processor is, and our key there. */
export interface Merchant {
  url: string;
  apiKey: string;
}

interface Page {
  items: object[];
  nextCursor: string | null;
}

async function listAll({ url, apiKey }: Merchant, path: string): Promise<object[]> {
  const all: object[] = [];
  for (let cursor: string | null = '0'; cursor !== null;) {
    const response: Response = await fetch(new URL(`${path}?limit=500&cursor=${cursor}`, url), {
      headers: { authorization: `Bearer ${apiKey}` },
    });
    if (!response.ok) throw new Error(`The card processor answered ${response.status} to ${path}.`);
    const page = (await response.json()) as Page;
    all.push(...page.items);
    cursor = page.nextCursor;
  }
  return all;
}

/**
 * Compares the ledger with what the card processor has, by the checks of apps/payments/audit/card-processor. First its
 * list is read, then the ledger, so work that goes on does no harm.
 */
export async function checkCardProcessor(
  databaseUrl: string,
  merchant: Merchant,
): Promise<CheckResult[]> {
  const since = new Date();
  // Refunds first: each is of a charge that the later list has.
  const refunds = await listAll(merchant, '/v1/refunds');
  const charges = await listAll(merchant, '/v1/charges');
  const lists: Record<string, object[]> = {
    'processor-charges': charges,
    'processor-refunds': refunds,
  };
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const results: CheckResult[] = [];
    for (const { name, rule, sql } of await readChecks('card-processor')) {
      const values = [JSON.stringify(lists[name] ?? []), since, '-infinity'];
      const { rows } = await client.query<Record<string, unknown>>(sql, values);
      results.push({
        name,
        rule: rule.replace(' ($1, listed from the moment $2 on, those since $3)', ''),
        findings: rows,
      });
    }
    return results;
  } finally {
    await client.end();
  }
}
