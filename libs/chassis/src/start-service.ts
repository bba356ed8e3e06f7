import { readSettings } from '@quayside/config';
import { HealthState } from '@quayside/http';
import { logger, setServiceName, shutdownTelemetry } from '@quayside/telemetry';
import type { z } from 'zod';
import { bringUp } from './bring-up';
import type { ServiceDefinition } from './definition';
import { createDrain } from './drain';
import { pause } from './jobs';
import type { Launch, Ports, StartOptions } from './launch';
import { baseSettingsFor } from './settings';
import type { Settings } from './settings';

export type { Ports, StartOptions };

/** A service that is ready. */
export interface RunningService {
  /** Where it listens. */
  ports: Ports;
  /** Drains it; `quick` leaves out the drain delay. Never rejects, takes a bounded time. */
  stop(options?: { quick?: boolean }): Promise<void>;
}

/** Sending the last spans may take this long: a collector that is away must not hold up the end. */
const flushMs = 3_000;

function prepare<Shape extends z.ZodRawShape>(
  definition: ServiceDefinition<Shape>,
  env: Record<string, string | undefined>,
  options: StartOptions,
): Launch<Shape> {
  setServiceName(definition.name);
  const shape = { ...baseSettingsFor(definition.without ?? []), ...definition.settings };
  const settings = readSettings(shape, env) as Settings<Shape>;
  logger.level = settings.LOG_LEVEL;
  const log = logger.child({ component: 'chassis' });
  const stopping = new AbortController();
  const endingStreams = new AbortController();
  const health = new HealthState();
  const drain = createDrain(log);

  drain.add('not ready', 'readiness', () => {
    health.setDraining();
    stopping.abort();
  });
  drain.add('drain delay', 'delay', () => pause(settings.DRAIN_DELAY_MS));
  drain.add('end streams', 'streams', () => endingStreams.abort());
  drain.add('flush telemetry', 'telemetry', shutdownTelemetry, flushMs);

  return {
    definition,
    settings,
    options,
    log,
    health,
    drain,
    stopping: options.signal ? AbortSignal.any([options.signal, stopping.signal]) : stopping.signal,
    endingStreams: endingStreams.signal,
  };
}

/**
 * Starts a service in this process and resolves when it is ready. Rejects with ConfigError, with
 * what `build` threw, or with StartAborted; what had been started is then closed again.
 */
export async function startService<Shape extends z.ZodRawShape>(
  definition: ServiceDefinition<Shape>,
  env: Record<string, string | undefined> = process.env,
  options: StartOptions = {},
): Promise<RunningService> {
  const launch = prepare(definition, env, options);
  const timeoutMs = launch.settings.SHUTDOWN_TIMEOUT_MS;
  try {
    const ports = await bringUp(launch);
    return {
      ports,
      stop: ({ quick = false } = {}) => launch.drain.run(timeoutMs, quick ? ['drain delay'] : []),
    };
  } catch (error) {
    await launch.drain.run(timeoutMs, ['drain delay']);
    throw error;
  }
}
