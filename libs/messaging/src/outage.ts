import type { Logger } from '@quayside/telemetry';

/** Says once that something is away and once that it is back, however often it was tried in between. */
export interface Outage {
  failed(error: unknown): void;
  recovered(): void;
}

const REMIND_EVERY_MS = 30_000;

/** `what` begins the sentence: "The broker cannot be reached". */
export function createOutage(log: Logger, what: string): Outage {
  let since: number | undefined;
  let told = 0;
  return {
    failed(error) {
      const now = Date.now();
      since ??= now;
      if (now - told < REMIND_EVERY_MS) return;
      told = now;
      log.warn({ error, sinceMs: now - since }, `${what}; waiting`);
    },
    recovered() {
      if (since === undefined) return;
      log.info({ afterMs: Date.now() - since }, `${what}: over`);
      since = undefined;
      told = 0;
    },
  };
}
