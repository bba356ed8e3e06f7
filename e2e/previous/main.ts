// `npm run test:previous [-- REF]`: both releases on one schema, as during a rolling update or with two colours. The
// migrations of this release run first, then the services of the one before and those of this one serve side by side,
// on the same databases and topics, and each is walked by the journeys of its own release. Their programs are bundles;
// `npm run images:test -- --previous=TAG` brings those that run the images of both.
//   QUAYSIDE_PROGRAMS, QUAYSIDE_PREVIOUS_PROGRAMS   folders with <app>/main.js of this release and of the one before
import { spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argv } from 'node:process';
import { startSystem, withPrograms, type RunningSystem } from '@quayside/dev';
import { auditLedger } from '../audit';
import { wideLimits } from '../temporary';
import {
  bundle,
  bundlesOfThis,
  checkOut,
  previousRelease,
  writePrograms,
  type Checkout,
} from './release';

/** Long enough for both to take events of the other, and for a relay to be taken over. */
const SECONDS = 30;

const { QUAYSIDE_PROGRAMS: ofThis = bundlesOfThis, QUAYSIDE_PREVIOUS_PROGRAMS: ofPrevious } =
  process.env;

const say = (line: string) => console.log(line);

/** Walks the journeys of one tree against a system until the time is over. Returns whether all of them passed. */
function walk(name: string, tree: string, { gatewayUrl }: RunningSystem): Promise<boolean> {
  const env = { ...process.env, QUAYSIDE_URL: gatewayUrl, SMOKE_SECONDS: String(SECONDS) };
  const child = spawn(process.execPath, ['--import', 'tsx', 'e2e/smoke/main.ts'], {
    cwd: tree,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => lines.push(text));
  return new Promise((resolve) => {
    child.once('close', (code) => {
      const all = lines.join('').trim().split('\n');
      const wrong = all.filter((line) => line.startsWith('FAIL'));
      for (const line of [...wrong, all.at(-1) ?? 'nothing was said']) say(`${name}: ${line}`);
      resolve(code === 0);
    });
  });
}

/** The services of this release on the databases and topics of another system, and with its secrets. */
function beside(other: RunningSystem, otherDir: string, dataDir: string): Promise<RunningSystem> {
  mkdirSync(dataDir);
  copyFileSync(join(otherDir, 'secrets.json'), join(dataDir, 'secrets.json'));
  const urls = Object.entries(other.databaseUrls).flatMap(([service, { runtime, owner }]) => [
    [`${service.toUpperCase()}_DATABASE_URL`, runtime],
    [`${service.toUpperCase()}_MIGRATION_DATABASE_URL`, owner],
  ]);
  const env = {
    ...wideLimits,
    ...(Object.fromEntries(urls) as NodeJS.ProcessEnv),
    KAFKA_BROKERS: other.kafkaBrokers,
  };
  const topology = withPrograms(ofThis);
  return startSystem({ dataDir, ports: 'free', quiet: true, removeOnStop: true, env, topology });
}

async function bothOnOneSchema(tree: string, work: string): Promise<string[]> {
  const topology = withPrograms(join(work, 'programs'));
  const dataDir = join(work, 'before');
  const before = await startSystem({
    dataDir,
    ports: 'free',
    quiet: true,
    removeOnStop: true,
    env: wideLimits,
    topology,
  });
  try {
    say('the release before serves on the schema of this one');
    const now = await beside(before, dataDir, join(work, 'now'));
    try {
      say(`both serve side by side for ${SECONDS} s`);
      const passed = await Promise.all([
        walk('the release before', tree, before),
        walk('this release', process.cwd(), now),
      ]);
      const findings = await auditLedger(before);
      return [
        ...(passed.every(Boolean) ? [] : ['the journeys do not pass']),
        ...findings.map(({ check, row }) => `audit, ${check}: ${JSON.stringify(row)}`),
      ];
    } finally {
      await now.stop();
    }
  } finally {
    await before.stop();
  }
}

async function main(ref = previousRelease()): Promise<void> {
  const work = mkdtempSync(join(tmpdir(), 'quayside-previous-'));
  let checkout: Checkout | undefined;
  try {
    checkout = checkOut(ref, join(work, 'tree'));
    say(`the release before: ${ref} (${checkout.commit.slice(0, 12)})`);
    writePrograms(ofThis, ofPrevious ?? bundle(checkout.folder), join(work, 'programs'));
    const wrong = await bothOnOneSchema(checkout.folder, work);
    for (const line of wrong) say(`WRONG ${line}`);
    say(wrong.length === 0 ? 'Both releases work on one schema.' : `${wrong.length} wrong.`);
    process.exitCode = wrong.length === 0 ? 0 : 1;
  } finally {
    checkout?.remove();
    rmSync(work, { recursive: true, force: true });
  }
}

main(argv[2]).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
