// `npm run smoke`: the main job against a system that runs elsewhere, through its public address alone. It makes three
// new customers each time and needs nothing but Node, so that it also runs as a Job in a cluster (skaffold verify).
//   QUAYSIDE_URL           where the gateway is
//   CARD_PROCESSOR_URL     where the card processor of the sandbox is; without it no cards are tried
//   SMOKE_WAIT_SECONDS     how long it may take to answer at all (default 60)
//   SMOKE_SECONDS          repeat the walk for so long, every 10 to 20 s, for use during an upgrade (default 0: once)
import { repeatSmoke, waitForGateway } from './run';

async function main(): Promise<void> {
  const url = process.env.QUAYSIDE_URL;
  if (!url) throw new Error('Set QUAYSIDE_URL, for example QUAYSIDE_URL=http://localhost:8080.');
  console.log(`Quayside on ${url}`);
  await waitForGateway(url, Number(process.env.SMOKE_WAIT_SECONDS ?? 60) * 1000);
  const seconds = Number(process.env.SMOKE_SECONDS ?? 0);
  const target = { gatewayUrl: url, cardProcessorUrl: process.env.CARD_PROCESSOR_URL };
  const { passed, failed, skipped } = await repeatSmoke(target, seconds, (line) => {
    console.log(line);
  });
  console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  process.exitCode = failed === 0 ? 0 : 1;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
