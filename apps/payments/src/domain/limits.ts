import type { Account } from './account';
import { currencies, refuseUnknown, type ByCurrency } from './currency';
import type { Money } from './money';
import { refuse, type Refusal } from './refusal';

/**
 * How much a user may pay in a currency. There are no exchange rates here, so nothing is added up over currencies; and a
 * user has one account in each, so what was paid of one is counted in its account's row.
 */
export interface Limits {
  perPayment: ByCurrency;
  /** From midnight to midnight in UTC, what is only authorized included. */
  perDay: ByCurrency;
}

/**
 * The limits of a setting: `EUR=1000,JPY=150000`, and a number alone is for all currencies that are not named. Throws on
 * anything else, on a currency that is named twice, and on one that has none.
 */
export function limitsOf(text: string): ByCurrency {
  const limits = new Map<string, bigint>();
  for (const part of text.split(',')) {
    const [, code = 'others', amount] = /^ *(?:([A-Z]{3})=)?(\d{1,18}) *$/.exec(part) ?? [];
    if (amount === undefined) throw new Error(`has "${part}"; write a part as EUR=1000`);
    if (code !== 'others') refuseUnknown(code);
    if (limits.has(code)) throw new Error(`names ${code} twice; write each once`);
    limits.set(code, BigInt(amount));
  }
  return new Map(
    Object.keys(currencies).map((currency) => {
      const limit = limits.get(currency) ?? limits.get('others');
      if (limit === undefined) throw new Error(`has no limit for ${currency}; add one`);
      return [currency, limit];
    }),
  );
}

/** Which limit a payment would break, if any. */
export function limitExceeded(
  { amount, currency }: Money,
  payer: Account,
  limits: Limits,
): Refusal | undefined {
  // Every currency has one; without it nothing goes.
  const perPayment = limits.perPayment.get(currency) ?? 0n;
  const perDay = limits.perDay.get(currency) ?? 0n;
  if (amount > perPayment) {
    const detail = `The limit of one payment is ${perPayment} minor units of ${currency}.`;
    return refuse('limit_exceeded', detail);
  }
  if (payer.spentToday + amount > perDay) {
    const left = perDay > payer.spentToday ? perDay - payer.spentToday : 0n;
    const detail = `The limit of a day is ${perDay} minor units of ${currency}; ${left} are left today (UTC).`;
    return refuse('limit_exceeded', detail);
  }
  return undefined;
}
