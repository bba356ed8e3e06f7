import type { HealthState } from '@quayside/http';
import type { TokenVerifier } from '@quayside/identity';
import type { Logger } from '@quayside/telemetry';
import type { z } from 'zod';
import type { ServiceDefinition } from './definition';
import type { Drain } from './drain';
import type { Settings } from './settings';

/** What a test or `runService` may decide about a start. */
export interface StartOptions {
  /** Verifies user tokens instead of keys fetched from auth. */
  verifier?: TokenVerifier;
  /** Aborts a start that is still waiting; it then rejects with StartAborted. */
  signal?: AbortSignal;
  /** Refuses to start when the migrations cannot be found (default: then they are not compared). */
  requireMigrations?: boolean;
}

/** Where a service listens. */
export interface Ports {
  admin: number;
  grpc?: number;
  http?: number;
}

/** One start of one service, from its settings to its end. */
export interface Launch<Shape extends z.ZodRawShape> {
  definition: ServiceDefinition<Shape>;
  settings: Settings<Shape>;
  options: StartOptions;
  log: Logger;
  health: HealthState;
  drain: Drain;
  /** Aborted when the drain begins, also when that is during start-up. */
  stopping: AbortSignal;
  /** Aborted when the drain ends streams. */
  endingStreams: AbortSignal;
}
