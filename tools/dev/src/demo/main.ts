// `npm run demo`: the main job against the running system, as customers would do it.
import { resolve } from 'node:path';
import { findRunning } from '../runner/runtime-file';
import { workspaceRoot } from '../workspace';
import { createClient } from './client';
import { cardTokens } from './cards';
import { walk } from './walk';

async function main(): Promise<void> {
  const folder = resolve(workspaceRoot, process.env.QUAYSIDE_DATA ?? '.data');
  const running = findRunning(folder);
  const url = process.env.QUAYSIDE_URL ?? running?.gatewayUrl;
  if (url === undefined) {
    throw new Error(
      'Quayside is not running. Start it in another terminal with npm start, or set QUAYSIDE_URL.',
    );
  }
  console.log(`Quayside on ${url}`);
  const processor = process.env.CARD_PROCESSOR_URL ?? running?.cardProcessorUrl;
  await walk(
    createClient(url.replace(/\/$/, '')),
    processor === undefined ? undefined : cardTokens(processor),
  );
}

main().catch((error: unknown) => {
  const refused = error instanceof TypeError && error.message === 'fetch failed';
  const message = error instanceof Error ? error.message : String(error);
  console.error(refused ? 'The gateway does not answer. Is Quayside still running?' : message);
  process.exitCode = 1;
});
