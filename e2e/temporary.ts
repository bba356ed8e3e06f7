import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  readSecrets,
  startSystem,
  withPrograms,
  type DataFolder,
  type RunningSystem,
} from '@quayside/dev';
import { findSecretsInLogs } from './log-secrets';

/** A new folder under the system's temporary one. */
export const temporaryFolder = () => mkdtempSync(join(tmpdir(), 'quayside-e2e-'));

const programs = process.env.QUAYSIDE_PROGRAMS;

/** With other programs than `npm start` runs, where `npm run images:test` brings them. */
export const topology = programs === undefined ? undefined : withPrograms(programs);

/** Tests and load are few people at one address: limits that are right for customers would be in their way. */
export const wideLimits = Object.fromEntries(
  ['ADDRESS', 'API', 'PAYMENTS', 'LOGIN', 'REGISTER', 'RESET'].map((name) => [
    `RATE_LIMIT_${name}`,
    '1000000000',
  ]),
);

/** Throws when a secret is in the logs; only where, and of which kind: what it is must not go into another log. */
async function refuseSecretsInLogs({ logs, secrets }: DataFolder): Promise<void> {
  const found = await findSecretsInLogs(logs, readSecrets(secrets));
  const lines = found.map(({ kind, file, line }) => `${file}:${line} has ${kind}`);
  if (lines.length > 0) throw new Error(`Secrets in the logs:\n${lines.join('\n')}`);
}

/**
 * A whole system on free ports. When it stops, its logs are searched for secrets, then its folder and all in it are
 * gone.
 */
export const startTemporarySystem = (
  env: Record<string, string> = {},
  dataDir = temporaryFolder(),
): Promise<RunningSystem> =>
  startSystem({
    dataDir,
    ports: 'free',
    quiet: true,
    removeOnStop: true,
    beforeRemoval: refuseSecretsInLogs,
    env: { ...wideLimits, ...env },
    topology,
  });
