import { knownCurrency } from './currency';
import type { Money } from './money';

/** What a payee pays for being paid. */
export interface FeeRule {
  /** Hundredths of a percent of the amount. */
  basisPoints: bigint;
  /** Minor units on top, by currency. */
  fixed: ReadonlyMap<string, bigint>;
}

const HUNDRED_PERCENT = 10_000n;

/** The rule of the settings; `fixed` is like `EUR=25`, one per currency. Throws on anything else. */
export function feeRule(basisPoints: number, fixed: readonly string[]): FeeRule {
  const entries = fixed.map((text) => {
    const [, code = '', amount = ''] = /^([A-Z]{3})=(\d{1,9})$/.exec(text) ?? [];
    if (code === '') throw new Error(`FEE_FIXED has ${text}; write a part as EUR=25.`);
    return [knownCurrency(code, 'FEE_FIXED'), BigInt(amount)] as const;
  });
  const byCurrency = new Map(entries);
  if (byCurrency.size < entries.length) {
    throw new Error('FEE_FIXED names a currency twice; write each once.');
  }
  return { basisPoints: BigInt(basisPoints), fixed: byCurrency };
}

/** Whether the rule never asks for anything. */
export const isFree = ({ basisPoints, fixed }: FeeRule): boolean =>
  basisPoints === 0n && fixed.size === 0;

/** The fee of a payment, in minor units, halves rounded up; never more than the payment itself. */
export function feeOf({ amount, currency }: Money, { basisPoints, fixed }: FeeRule): bigint {
  const share = (amount * basisPoints + HUNDRED_PERCENT / 2n) / HUNDRED_PERCENT;
  const fee = share + (fixed.get(currency) ?? 0n);
  return fee < amount ? fee : amount;
}
