import { ConfigError } from '@quayside/config';
import { logger, resumeSourceMaps } from '@quayside/telemetry';
import type { z } from 'zod';
import { createRegisteredTopics } from './create-topics';
import type { ServiceDefinition } from './definition';
import { pause } from './jobs';
import { migrateService } from './migrate-service';
import { startService } from './start-service';
import type { RunningService } from './start-service';

/** A start that is told to stop gets this long to give up what it is waiting for. */
const abortMs = 5_000;

const log = logger.child({ component: 'chassis' });

/** Ends the process, once: the exit code is 0 unless something went wrong. */
interface Ending {
  /** Aborted when the end has begun. */
  signal: AbortSignal;
  begin(reason: string, code: 0 | 1): void;
}

function createEnding(end: (options: { quick: boolean }) => Promise<void>): Ending {
  const begun = new AbortController();
  return {
    signal: begun.signal,
    begin(reason, code) {
      if (begun.signal.aborted) {
        log.info({ reason }, 'Already draining');
        return;
      }
      log.info({ reason }, 'Draining');
      begun.abort();
      // Everything is closed: what a library still holds open must not keep the process.
      void end({ quick: code !== 0 }).then(() => process.exit(code));
    },
  };
}

function followSignals(ending: Ending): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => ending.begin(signal, 0));
  }
  // Started by a runner that is gone: nobody would ever stop this process.
  if (process.send) process.on('disconnect', () => ending.begin('the parent process is gone', 0));
  const fail = (kind: string) => (error: unknown) => {
    log.fatal({ error, kind }, 'Unexpected failure');
    ending.begin(kind, 1);
  };
  process.on('uncaughtException', fail('uncaught exception'));
  process.on('unhandledRejection', fail('unhandled rejection'));
}

/** Node's warnings become log lines like all others. */
function logWarnings(): void {
  process.removeAllListeners('warning');
  process.on('warning', (warning) => log.warn({ error: warning }, warning.message));
}

function explain(error: unknown): void {
  if (error instanceof ConfigError) log.fatal(error.message);
  else log.fatal({ error }, 'Could not start');
}

async function serve<Shape extends z.ZodRawShape>(
  definition: ServiceDefinition<Shape>,
): Promise<void> {
  let running: RunningService | undefined;
  const ended = async ({ quick }: { quick: boolean }) => {
    if (running) await running.stop({ quick });
    else await Promise.race([starting.catch(() => undefined), pause(abortMs)]);
  };
  const ending = createEnding(ended);
  followSignals(ending);
  const starting = startService(definition, process.env, {
    signal: ending.signal,
    requireMigrations: true,
  });
  try {
    running = await starting;
    process.send?.({ type: 'ready', ports: running.ports });
  } catch (error) {
    // It was told to stop; the end is on its way.
    if (ending.signal.aborted) return;
    explain(error);
    // What was begun before the failure may hold the process open.
    process.exit(1);
  }
}

type Step = (definition: Pick<ServiceDefinition, 'name'>) => Promise<unknown>;

/** What `node main.js <word>` does instead of serving. */
const steps = new Map<string | undefined, Step>([
  ['migrate', migrateService],
  ['topics', createRegisteredTopics],
]);

async function runStep(step: Step, definition: Pick<ServiceDefinition, 'name'>): Promise<void> {
  try {
    await step(definition);
  } catch (error) {
    explain(error);
    process.exitCode = 1;
  }
}

/**
 * Runs a service as this process: `node main.js` serves until SIGTERM or SIGINT and drains, `node
 * main.js migrate` applies its migrations and ends, `node main.js topics` makes the topics of all services and ends. Exit
 * code 0, or 1 with the reason in the log.
 */
export function runService<Shape extends z.ZodRawShape>(
  definition: ServiceDefinition<Shape>,
): Promise<void> {
  resumeSourceMaps();
  logWarnings();
  const word = process.argv[2];
  const step = steps.get(word);
  if (step) return runStep(step, definition);
  if (word === undefined) return serve(definition);
  const known = [...steps.keys()].join(', ');
  log.fatal(`There is no step "${word}". The steps are: ${known}; without one the service runs.`);
  process.exitCode = 1;
  return Promise.resolve();
}
