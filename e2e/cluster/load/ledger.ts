import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Person } from './people';
import { send, type Outcome } from './send';

/** A payment that was answered with 201. */
export interface Accepted {
  paymentId: string;
  payer: Person;
  payee: Person;
}

const AMOUNT = { amount: '1', currency: 'EUR' };
const TRIES_MS = 120_000;
const PAUSE_MS = 500;

const paymentOf = (payer: Person, payee: Person, idempotencyKey: string, fresh: boolean) => ({
  method: 'POST' as const,
  path: '/api/v1/payments',
  token: payer.customer.token,
  body: { toHandle: payee.customer.handle, amount: AMOUNT, description: 'load' },
  idempotencyKey,
  fresh,
});

/** Makes payments of one cent and remembers which of them the system has accepted. */
export function createLedger(target: string) {
  const accepted: Accepted[] = [];
  const undecided = new Set<Promise<void>>();
  let lost = 0;

  function note(payer: Person, payee: Person, { status, body }: Outcome): boolean {
    if (status !== 201 || typeof body.paymentId !== 'string') return false;
    accepted.push({ paymentId: body.paymentId, payer, payee });
    return true;
  }

  /** As an honest client does: the same key again, until the answer is known. */
  async function find(payer: Person, payee: Person, key: string): Promise<void> {
    const deadline = Date.now() + TRIES_MS;
    while (Date.now() < deadline) {
      await delay(PAUSE_MS);
      if (note(payer, payee, await send(target, paymentOf(payer, payee, key, true)))) return;
    }
    lost += 1;
  }

  return {
    accepted,
    async pay(payer: Person, payee: Person, fresh: boolean): Promise<Outcome> {
      const key = randomUUID();
      const outcome = await send(target, paymentOf(payer, payee, key, fresh));
      if (!note(payer, payee, outcome)) {
        const finding = find(payer, payee, key).finally(() => undecided.delete(finding));
        undecided.add(finding);
      }
      return outcome;
    },
    /** Waits until every payment is decided; gives how many never were. */
    async settle(): Promise<number> {
      await Promise.all(undecided);
      return lost;
    },
  };
}

export type Ledger = ReturnType<typeof createLedger>;
