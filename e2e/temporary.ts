import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSystem, withPrograms, type RunningSystem } from '@quayside/dev';

/** A new folder under the system's temporary one. */
export const temporaryFolder = () => mkdtempSync(join(tmpdir(), 'quayside-e2e-'));

/** Other programs than `npm start` runs, as `npm run images:test` brings them. */
const programs = process.env.QUAYSIDE_PROGRAMS;
const topology = programs === undefined ? undefined : withPrograms(programs);

/** In an image only /tmp can be written to. */
const inImages: Record<string, string> =
  programs === undefined ? {} : { JOURNAL_FILE: '/tmp/journal.jsonl' };

/** Tests and load are few people at one address: limits that are right for customers would be in their way. */
const limits = Object.fromEntries(
  ['ADDRESS', 'API', 'PAYMENTS', 'LOGIN', 'REGISTER', 'RESET'].map((name) => [
    `RATE_LIMIT_${name}`,
    '1000000000',
  ]),
);

/** A whole system on free ports; when it stops, its folder and all in it are gone. */
export const startTemporarySystem = (
  env: Record<string, string> = {},
  dataDir = temporaryFolder(),
): Promise<RunningSystem> =>
  startSystem({
    dataDir,
    ports: 'free',
    quiet: true,
    removeOnStop: true,
    env: { ...limits, ...inImages, ...env },
    topology,
  });
