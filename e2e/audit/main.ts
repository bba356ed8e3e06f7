// `npm run audit`: is every cent and every event where it must be? Exit code 0: yes; 1: no, the report says what; 2: it
// could not be found out.
import { resolve } from 'node:path';
import { findRunning, readSecrets, type Runtime } from '@quayside/dev';
import { checkCardProcessor, type Merchant } from './card-processor';
import { checkErasures, services, type ServiceUrls } from './erasures';
import { checkEvents } from './events';
import { checkLedger } from './ledger';
import { auditReport } from './report';

interface Places {
  databaseUrl: string;
  brokers: string;
  /** Undefined: it is not known where one is. */
  processor: Merchant | undefined;
  /** Of all services; undefined where only that of payments is known. */
  all: ServiceUrls | undefined;
}

/** The card processor, and our key there. */
function processorOf(running: Runtime | undefined): Merchant | undefined {
  const url = process.env.CARD_PROCESSOR_URL ?? running?.cardProcessorUrl;
  const apiKey =
    process.env.CARD_PROCESSOR_API_KEY ??
    (running && readSecrets(running.secretsFile).cardProcessorKey);
  return url === undefined || apiKey === undefined ? undefined : { url, apiKey };
}

/** The databases of all services: those that `<NAME>_DATABASE_URL` name, or those of the running system. */
function allDatabases(running: ReturnType<typeof findRunning>): ServiceUrls | undefined {
  // One of them somewhere else: then the others are there, too.
  const elsewhere = process.env.PAYMENTS_DATABASE_URL !== undefined;
  const urls = services.map((service) => [
    service,
    elsewhere
      ? process.env[`${service.toUpperCase()}_DATABASE_URL`]
      : running?.databaseUrls[service]?.runtime,
  ]);
  return urls.every(([, url]) => url !== undefined)
    ? (Object.fromEntries(urls) as ServiceUrls)
    : undefined;
}

/** Where to look: the running system, or what PAYMENTS_DATABASE_URL and KAFKA_BROKERS name. */
function places(): Places {
  const running = findRunning(resolve(process.env.QUAYSIDE_DATA ?? '.data'));
  const databaseUrl = process.env.PAYMENTS_DATABASE_URL ?? running?.databaseUrls.payments?.runtime;
  const brokers = process.env.KAFKA_BROKERS ?? running?.kafkaBrokers;
  if (databaseUrl === undefined || brokers === undefined) {
    throw new Error(
      'Quayside is not running. Start it in another terminal with npm start, or set PAYMENTS_DATABASE_URL and KAFKA_BROKERS.',
    );
  }
  return { databaseUrl, brokers, processor: processorOf(running), all: allDatabases(running) };
}

async function main(): Promise<number> {
  const { databaseUrl, brokers, processor, all } = places();
  const { host, pathname } = new URL(databaseUrl);
  console.log(`Audit of ${host}${pathname} and the topics on ${brokers}`);
  if (!processor) {
    const names = 'CARD_PROCESSOR_URL and CARD_PROCESSOR_API_KEY';
    console.log(`  without the card processor: set ${names} to compare with what it has`);
  }
  const results = [
    ...(await checkLedger(databaseUrl)),
    await checkEvents(databaseUrl, brokers),
    ...(processor ? await checkCardProcessor(databaseUrl, processor) : []),
    ...(all ? [await checkErasures(all)] : []),
  ];
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
