import { setTimeout as pause } from 'node:timers/promises';
import { childLogger } from '@quayside/telemetry';
import type { ProcessorEvent } from '../domain/records';
import { SIGNATURE_HEADER, signatureOf } from './signature';

const log = childLogger({ component: 'webhooks' });

const ANSWER_TIMEOUT_MS = 10_000;
const LONGEST_PAUSE_MS = 60_000;

/** Brings events to the merchant until they are taken. */
export interface Courier {
  /** Sends events one after another, each again and again until it is taken; resolves when each has been tried. */
  send(events: readonly ProcessorEvent[]): Promise<void>;
  /** Resolves when nothing is under way any more; call it after the drain has begun. */
  idle(): Promise<void>;
}

/** Where and how events are sent. */
export interface CourierOptions {
  url: string | undefined;
  secret: string;
  retryMs: number;
  /** Notes that an event was taken. */
  onDelivered(eventId: string): Promise<void>;
  draining: AbortSignal;
}

/** The courier of one merchant. */
export function createCourier({
  url,
  secret,
  retryMs,
  onDelivered,
  draining,
}: CourierOptions): Courier {
  const underWay = new Set<Promise<void>>();

  async function tryOnce(target: string, event: ProcessorEvent): Promise<boolean> {
    const body = JSON.stringify(event);
    try {
      const answer = await fetch(target, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          [SIGNATURE_HEADER]: signatureOf(body, secret),
        },
        body,
        signal: AbortSignal.any([AbortSignal.timeout(ANSWER_TIMEOUT_MS), draining]),
      });
      await answer.arrayBuffer();
      if (!answer.ok) log.warn({ status: answer.status }, 'An event was not taken');
      return answer.ok;
    } catch (error) {
      log.debug({ error }, 'An event could not be sent');
      return false;
    }
  }

  async function bring(target: string, event: ProcessorEvent): Promise<boolean> {
    if (!(await tryOnce(target, event))) return false;
    await onDelivered(event.eventId);
    return true;
  }

  async function insist(target: string, event: ProcessorEvent): Promise<void> {
    for (let waitMs = retryMs; ; waitMs = Math.min(waitMs * 2, LONGEST_PAUSE_MS)) {
      await pause(waitMs, undefined, { signal: draining }).catch(() => undefined);
      if (draining.aborted || (await bring(target, event))) return;
    }
  }

  function track(work: Promise<void>): void {
    const noted = work
      .catch((error: unknown) => log.error({ error }, 'An event was given up'))
      .finally(() => underWay.delete(noted));
    underWay.add(noted);
  }

  async function sendAll(target: string, events: readonly ProcessorEvent[]): Promise<void> {
    for (const event of events) {
      if (draining.aborted) return;
      if (!(await bring(target, event))) track(insist(target, event));
    }
  }

  return {
    async send(events) {
      if (url === undefined) return;
      const sending = sendAll(url, events);
      track(sending);
      await sending.catch(() => undefined);
    },
    async idle() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}
