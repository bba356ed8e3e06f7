import { QuaysideError } from '@quayside/errors';

/** Every currency that accounts may have, with the digits of its minor unit (ISO 4217): 0, a yen has none. */
export const currencies = { EUR: 2, USD: 2, GBP: 2, JPY: 0 } as const;

/** The ISO 4217 code of one of them. */
export type Currency = keyof typeof currencies;

/** The currency of everybody's first account. */
export const FIRST_CURRENCY: Currency = 'EUR';

/** Minor units by currency. */
export type ByCurrency = ReadonlyMap<string, bigint>;

const isCurrency = (code: string): code is Currency => Object.hasOwn(currencies, code);

const oneOfThem = `must be one of ${Object.keys(currencies).join(', ')}`;

/** Throws an Error when a setting names a currency that accounts cannot have. */
export function refuseUnknown(code: string): void {
  if (!isCurrency(code)) throw new Error(`names ${code}; a currency ${oneOfThem}`);
}

/** A currency from the wire; `path` is where it stood. Throws QuaysideError `invalid_request` for any other. */
export function knownCurrency(code: string, path: string): Currency {
  if (isCurrency(code)) return code;
  throw new QuaysideError('invalid_request', `The currency is not valid: it ${oneOfThem}.`, {
    fields: [{ path, message: oneOfThem }],
  });
}
