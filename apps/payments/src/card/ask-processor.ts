import type { CardTopUp, Fact } from '../domain/card-top-up';
import { Unanswered, type CardProcessor, type ProcessorCharge } from './processor';

/** When nothing more is waited for. */
export interface Patience {
  /** How far the processor's clock may be behind ours, beside what may be on its way for so long. */
  clockMarginMs: number;
  /** Most tries of one step. */
  attemptsMax: number;
}

/** The key under which a top-up is refunded. */
const refundKey = (topUpId: string): string => `${topUpId}-refund`;

/** What a charge says about its top-up. One of another amount is for a person to look at. */
export function factOfCharge(
  { amount, currency }: Pick<CardTopUp, 'amount' | 'currency'>,
  charge: Pick<ProcessorCharge, 'chargeId' | 'amount' | 'currency' | 'status'>,
): Fact {
  if (charge.status === 'declined') return { kind: 'not_charged', reason: 'card_declined' };
  const same = charge.amount === amount.toString() && charge.currency === currency;
  if (!same) return { kind: 'given_up', reason: 'charge_mismatch' };
  return { kind: 'charged', chargeId: charge.chargeId };
}

async function askForCharge(
  processor: CardProcessor,
  saga: CardTopUp,
  { clockMarginMs }: Patience,
): Promise<Fact | undefined> {
  const lateMs = Date.now() - saga.chargeBefore.getTime();
  // Somebody has asked before and does not know what came of it: first look.
  if (saga.attempts > 1 || lateMs > 0) {
    const found = await processor.findCharge(saga.topUpId);
    if (found) return factOfCharge(saga, found);
    // Only now "not found" means "not charged": before, the charge could still have been on its way.
    if (lateMs > clockMarginMs) return { kind: 'not_charged', reason: 'not_charged' };
    // Whoever asked for it now would be told that it is too late, which is no fault of the card.
    if (lateMs > 0) return undefined;
  }
  const { topUpId: key, cardToken, amount, currency, chargeBefore: notAfter } = saga;
  const charge = await processor.charge({ key, cardToken, amount, currency, notAfter });
  if (charge === 'refused') return { kind: 'not_charged', reason: 'card_declined' };
  return factOfCharge(saga, charge);
}

async function askForRefund(processor: CardProcessor, saga: CardTopUp): Promise<Fact> {
  const { topUpId, amount, chargeId } = saga;
  if (chargeId === null) throw new Error(`Nothing to refund of ${topUpId}`);
  const refund = await processor.refund({ key: refundKey(topUpId), chargeId, amount });
  if (refund === 'refused') return { kind: 'given_up', reason: 'refund_refused' };
  return { kind: 'refunded', chargeId, refundId: refund.refundId };
}

/** Takes the next step at the processor. Gives what has become known, or undefined: the step must be taken again. */
export async function askProcessor(
  processor: CardProcessor,
  saga: CardTopUp,
  patience: Patience,
): Promise<Fact | undefined> {
  const charging = saga.state === 'charging';
  try {
    return await (charging
      ? askForCharge(processor, saga, patience)
      : askForRefund(processor, saga));
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
    if (saga.attempts < patience.attemptsMax) return undefined;
    return { kind: 'given_up', reason: charging ? 'charge_unanswered' : 'refund_unanswered' };
  }
}
