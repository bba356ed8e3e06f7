// `npm run plans`: prints the plans of payments' statements at a million entries, as docs/plans.md has them. Ends with 1
// when one of them reads a whole table that grows.
import { startPayments } from './fixture';
import { callEverything, fillLedger, readWhole, watchPlans } from './plans';

const PEOPLE = 10_000;
const PAYMENTS = 500_000;

/** What an own table has to do with: not how the transaction begins, not the relay's or the consumer's. */
const isOurs = (query: string) =>
  /accounts|handles|transfers|entries|payments|refunds|top_ups|idempotency_keys|processor_events|closures/.test(
    query,
  ) && !/outbox|inbox|pg_(?!catalog)/.test(query);

const byKind = (query: string) =>
  query.startsWith('SELECT 1 FROM ONLY') ? 'Foreign keys' : 'Statements';

async function main(): Promise<void> {
  const payments = await startPayments({ AUDIT_EVERY_MINUTES: '0', LOG_LEVEL: 'error' });
  const [ada, bob] = await Promise.all([payments.customer('ada'), payments.customer('bob')]);
  await fillLedger(payments.ownerUrl, PEOPLE, PAYMENTS);
  const { plans, stop } = await watchPlans(payments.adminUrl);
  await callEverything(payments, [ada, bob]);
  stop();
  await payments.stop();
  const found = [...plans].filter(([query]) => isOurs(query));
  for (const kind of ['Statements', 'Foreign keys']) {
    console.log(`\n## ${kind}`);
    for (const [query, plan] of found.filter(([text]) => byKind(text) === kind)) {
      console.log(`\n\`\`\`sql\n${query}\n\`\`\`\n\n\`\`\`text\n${plan.trimEnd()}\n\`\`\``);
    }
  }
  const slow = found.filter(([, plan]) => readWhole(plan).length > 0);
  for (const [query, plan] of slow) {
    console.error(`\nIt reads all of ${readWhole(plan).join(', ')}; give it an index:\n${query}`);
  }
  if (found.length === 0) {
    console.error(
      'No plan was seen. See what `isOurs` leaves out, and whether PostgreSQL logs plans.',
    );
  }
  if (slow.length > 0 || found.length === 0) process.exitCode = 1;
}

void main();
