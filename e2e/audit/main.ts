// `npm run audit`: is every cent and every event where it must be? Exit code 0: yes; 1: no, the report says what; 2: it
// could not be found out.
import { resolve } from 'node:path';
import { findRunning } from '@quayside/dev';
import { checkEvents } from './events';
import { checkLedger } from './ledger';
import { auditReport } from './report';

/** Where to look: the running system, or what PAYMENTS_DATABASE_URL and KAFKA_BROKERS name. */
function places(): { databaseUrl: string; brokers: string } {
  const running = findRunning(resolve(process.env.QUAYSIDE_DATA ?? '.data'));
  const databaseUrl = process.env.PAYMENTS_DATABASE_URL ?? running?.databaseUrls.payments?.runtime;
  const brokers = process.env.KAFKA_BROKERS ?? running?.kafkaBrokers;
  if (databaseUrl === undefined || brokers === undefined) {
    throw new Error(
      'Quayside is not running. Start it in another terminal with npm start, or set PAYMENTS_DATABASE_URL and KAFKA_BROKERS.',
    );
  }
  return { databaseUrl, brokers };
}

async function main(): Promise<number> {
  const { databaseUrl, brokers } = places();
  const { host, pathname } = new URL(databaseUrl);
  console.log(`Audit of ${host}${pathname} and the topics on ${brokers}`);
  const results = [...(await checkLedger(databaseUrl)), await checkEvents(databaseUrl, brokers)];
  console.log(auditReport(results));
  return results.every(({ findings }) => findings.length === 0) ? 0 : 1;
}

main()
  .then((code) => {
    process.exitCode = code;
  })
  .catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 2;
  });
