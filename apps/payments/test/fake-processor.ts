import { randomUUID } from 'node:crypto';
import {
  Unanswered,
  type CardProcessor,
  type ProcessorCharge,
  type ProcessorRefund,
} from '../src/card/processor';

/** What happens to the next call. */
export type Trouble =
  /** Nothing arrives, nothing is answered. */
  | 'lost on the way'
  /** It is done, and the answer is lost. */
  | 'answer lost'
  /** It is done, and the caller dies before it has written anything. */
  | 'caller dies'
  | 'none';

/** The caller has died. */
export class Died extends Error {}

/** A card processor in memory, with the trouble that a test wants. */
export function fakeProcessor({ declines }: { declines: (key: string) => boolean }) {
  const charges = new Map<string, ProcessorCharge>();
  const refunds = new Map<string, ProcessorRefund>();
  let trouble: Trouble = 'none';

  async function answer<T>(work: () => T): Promise<T> {
    const now = trouble;
    trouble = 'none';
    await Promise.resolve();
    if (now === 'lost on the way') throw new Unanswered();
    const done = work();
    if (now === 'answer lost') throw new Unanswered();
    if (now === 'caller dies') throw new Died();
    return done;
  }

  const processor: CardProcessor = {
    charge: ({ key, amount, currency, notAfter }) =>
      answer(() => {
        const made = charges.get(key);
        if (made) return made;
        if (notAfter.getTime() < Date.now()) return 'refused';
        const charge: ProcessorCharge = {
          ...{ chargeId: `ch_${randomUUID()}`, key, amount: amount.toString(), currency },
          status: declines(key) ? 'declined' : 'succeeded',
          createdAt: new Date().toISOString(),
        };
        charges.set(key, charge);
        return charge;
      }),
    findCharge: (key) => answer(() => charges.get(key)),
    refund: ({ key, chargeId, amount }) =>
      answer(() => {
        const made = refunds.get(key);
        if (made) return made;
        const createdAt = new Date().toISOString();
        const refund = { refundId: `re_${randomUUID()}`, key, chargeId, createdAt };
        const whole: ProcessorRefund = { ...refund, amount: amount.toString(), currency: 'EUR' };
        refunds.set(key, whole);
        return whole;
      }),
    list: () => Promise.resolve({ charges: [...charges.values()], refunds: [...refunds.values()] }),
    close: () => undefined,
  };
  return {
    processor,
    charges,
    refunds,
    /** The next call meets this. */
    meet: (wanted: Trouble) => void (trouble = wanted),
  };
}
