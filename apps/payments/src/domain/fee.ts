import { refuseUnknown, type ByCurrency } from './currency';
import type { Money } from './money';

/** What a payee pays for being paid. */
export interface FeeRule {
  /** Hundredths of a percent of the amount. */
  basisPoints: bigint;
  /** Minor units on top, by currency. */
  fixed: ByCurrency;
}

const HUNDRED_PERCENT = 10_000n;

/** Minor units by currency, of parts like `EUR=25`, one per currency. Throws on anything else. */
export function fixedFees(parts: readonly string[]): ByCurrency {
  const fees = new Map<string, bigint>();
  for (const part of parts) {
    const [, code = '', amount = ''] = /^([A-Z]{3})=(\d{1,9})$/.exec(part) ?? [];
    if (code === '') throw new Error(`has "${part}"; write a part as EUR=25`);
    refuseUnknown(code);
    if (fees.has(code)) throw new Error(`names ${code} twice; write each once`);
    fees.set(code, BigInt(amount));
  }
  return fees;
}

/** The rule of the settings; `fixed` as `fixedFees` reads it. */
export const feeRule = (basisPoints: number, fixed: readonly string[]): FeeRule => ({
  basisPoints: BigInt(basisPoints),
  fixed: fixedFees(fixed),
});

/** Whether the rule never asks for anything. */
export const isFree = ({ basisPoints, fixed }: FeeRule): boolean =>
  basisPoints === 0n && fixed.size === 0;

/** The fee of a payment, in minor units, halves rounded up; never more than the payment itself. */
export function feeOf({ amount, currency }: Money, { basisPoints, fixed }: FeeRule): bigint {
  const share = (amount * basisPoints + HUNDRED_PERCENT / 2n) / HUNDRED_PERCENT;
  const fee = share + (fixed.get(currency) ?? 0n);
  return fee < amount ? fee : amount;
}
