import { readSecrets, type RunningSystem } from '@quayside/dev';
import { checkCardProcessor } from './card-processor';
import { checkEvents } from './events';
import { checkLedger } from './ledger';

/** One thing that is wrong. */
export interface Finding {
  check: string;
  row: Record<string, unknown>;
}

/** Everything that is wrong with the ledger of a running system and its events; nothing is as it must be. */
export async function auditLedger(system: RunningSystem): Promise<Finding[]> {
  const url = system.databaseUrls.payments?.runtime ?? '';
  const { cardProcessorKey: apiKey } = readSecrets(system.secretsFile);
  const results = [
    ...(await checkLedger(url)),
    await checkEvents(url, system.kafkaBrokers),
    ...(await checkCardProcessor(url, { url: system.cardProcessorUrl, apiKey })),
  ];
  return results.flatMap(({ name, findings }) => findings.map((row) => ({ check: name, row })));
}
