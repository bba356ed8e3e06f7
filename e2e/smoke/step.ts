import { setTimeout as delay } from 'node:timers/promises';
import type { Customer } from '../customer';
import type { LiveStream } from './live';

/** One thing that a released system must be able to do. */
export interface Step {
  name: string;
  /** Why it cannot be asked of this system; undefined where it can. */
  unable?: (walk: Walk) => string | undefined;
  /** Throws when the system cannot do it. */
  run: (walk: Walk) => Promise<void>;
}

/** What the steps hand on to each other. */
export interface Walk {
  gatewayUrl: string;
  /** Where the card processor gives tokens; undefined where it cannot be reached. */
  cardProcessorUrl?: string;
  alice?: Customer;
  bob?: Customer;
  /** Bob's. */
  live?: LiveStream;
  paymentId?: string;
}

/** What an earlier step left. Throws where there is nothing. */
export function known<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`No ${what}: an earlier step failed.`);
  return value;
}

/** Asks until it is so. Throws after `timeoutMs`. */
export async function eventually(
  what: string,
  look: () => boolean | Promise<boolean>,
  timeoutMs = 20_000,
): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!(await look())) {
    if (performance.now() > deadline) {
      throw new Error(`Waited ${timeoutMs / 1000} s in vain for ${what}.`);
    }
    await delay(100);
  }
}
