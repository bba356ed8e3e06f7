// The process that PostgreSQL runs under: it makes the cluster, starts the server, reports over IPC and ends
// the server when its own parent is gone, however that ended.
import { rm, rmdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { freePort } from '../ports';
import { ensureCluster } from './cluster';
import type { PostgresMessage, PostgresProcessOptions } from './messages';
import { isAlive, runningServer } from './pid-file';
import { placePostgres, type Placement } from './placement';
import { PortTaken, startServer, type Server } from './server';

const options = JSON.parse(process.env.QUAYSIDE_POSTGRES ?? '{}') as PostgresProcessOptions;
const state = { ending: false };
const isEnding = (): boolean => state.ending;
let server: Server | undefined;
let placement: Placement | undefined;

function report(message: PostgresMessage): void {
  if (process.connected) process.send?.(message);
}

async function run(): Promise<void> {
  placement = await placePostgres(options.dataDir);
  for (const text of placement.notices) report({ type: 'notice', text });
  await ensureCluster(placement, options.password);
  await endLeftOver(placement.data);
  server = await start(placement);
  if (state.ending) return;
  report({
    type: 'ready',
    ports: { postgres: server.port },
    pid: server.pid,
    dataDir: placement.data,
  });
  const how = await server.exited;
  // It may have been asked to end meanwhile.
  if (!isEnding()) throw new Error(`PostgreSQL ended by itself (${how}).`);
}

/** A server that outlived its wrapper still holds the data folder. */
async function endLeftOver(data: string): Promise<void> {
  const pid = runningServer(data);
  if (pid === undefined) return;
  if (!options.takeOver) {
    throw new Error(`Another PostgreSQL (pid ${pid}) runs on ${data}. Stop it first.`);
  }
  report({ type: 'notice', text: `Ended a PostgreSQL that was left over (pid ${pid}).` });
  process.kill(pid, 'SIGINT');
  while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 20));
}

async function start(where: Placement, tries = 5): Promise<Server> {
  const port = options.port > 0 ? options.port : await freePort();
  const onLog = (chunk: Buffer): boolean => process.stderr.write(chunk);
  try {
    return await startServer(where, port, { forTests: options.forTests, onLog });
  } catch (error) {
    if (!(error instanceof PortTaken) || options.port > 0 || tries === 0) throw error;
    return start(where, tries - 1);
  }
}

async function end(code: number): Promise<void> {
  if (state.ending) return;
  state.ending = true;
  await server?.stop();
  if (options.removeOnStop && placement !== undefined) {
    await rm(placement.data, { recursive: true, force: true });
    // A shared folder that this start has made.
    if (placement.data !== options.dataDir) await rmdir(dirname(placement.data)).catch(() => false);
  }
  process.exit(code);
}

process.on('disconnect', () => void end(0));
process.on('SIGTERM', () => void end(0));
process.on('SIGINT', () => void end(0));
// The second Ctrl-C: no waiting for the shutdown checkpoint; the next start recovers.
process.on('SIGQUIT', () => {
  state.ending = true;
  void server?.stop('SIGQUIT').then(() => process.exit(1));
  if (server === undefined) process.exit(1);
});
run().catch((error: unknown) => {
  if (state.ending) return;
  const message = error instanceof Error ? error.message : String(error);
  console.error(message);
  report({ type: 'failed', message });
  void end(1);
});
