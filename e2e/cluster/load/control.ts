import { setTimeout as delay } from 'node:timers/promises';
import type { Audit } from './audit';
import type { Summary } from './window';

/** The generator, as those see it who steer it. */
export interface Load {
  /** Waits until the customers are signed up and requests go out. */
  ready(): Promise<void>;
  /** What happened since the last cut. */
  cut(): Promise<Summary>;
  setRate(perSecond: number): Promise<void>;
  /** Ends the load and compares what was accepted with what the system holds. */
  audit(): Promise<Audit>;
  /** Ends the program. */
  end(): Promise<void>;
}

const SIGN_UP_MS = 180_000;
const AUDIT_MS = 900_000;
const TRIES = 5;

/** Talks to a generator. `onLost` hears when the way to it is gone; `findUrl` is then asked for a new one. */
export function createControl(
  findUrl: () => Promise<string>,
  onLost: () => void = () => undefined,
): Load {
  async function once<T>(path: string, timeoutMs: number): Promise<T> {
    const url = new URL(path, await findUrl());
    const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) });
    const body = (await response.json()) as T & { error?: string; failed?: boolean };
    if (response.ok) return body;
    throw new Error(body.error, { cause: body });
  }

  async function ask<T>(path: string, timeoutMs = 20_000): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await once<T>(path, timeoutMs);
      } catch (error) {
        // fetch says "TypeError" for a connection that could not be made or was lost.
        if (!(error instanceof TypeError) || attempt === TRIES) throw error;
        onLost();
        await delay(1_000);
      }
    }
  }

  return {
    async ready() {
      const deadline = Date.now() + SIGN_UP_MS;
      for (;;) {
        try {
          await ask('/ready');
          return;
        } catch (error) {
          const { cause } = error as { cause?: { failed?: boolean } };
          if (cause?.failed || Date.now() > deadline) throw error;
        }
        await delay(500);
      }
    },
    cut: () => ask('/cut'),
    setRate: async (perSecond) => {
      await ask(`/rate?value=${perSecond}`);
    },
    async audit() {
      const deadline = Date.now() + AUDIT_MS;
      for (;;) {
        const result = await ask<Audit & { pending?: boolean }>('/audit');
        if (!result.pending) return result;
        if (Date.now() > deadline) throw new Error('The audit has not ended within 15 minutes.');
      }
    },
    end: async () => {
      await ask('/end').catch(() => undefined);
    },
  };
}
