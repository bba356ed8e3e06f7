import { z } from 'zod';

const wholeNumber = (minimum: number, maximum: number) =>
  z
    .string()
    .regex(/^\d+$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.number().min(minimum).max(maximum));

/** A day in milliseconds: no duration here is longer. */
const LONGEST_MS = 24 * 60 * 60 * 1000;

/**
 * Builders of settings. Each takes what the setting means, for the README's table; `.default(x)` and
 * `.optional()` are zod's own.
 */
export const setting = {
  /** A TCP port; 0 lets the system choose one. */
  port: (meaning: string) => wholeNumber(0, 65_535).describe(meaning),
  /** A host name or address to listen on. */
  host: (meaning: string) => z.string().min(1, 'must not be empty').describe(meaning),
  /** A non-empty text. */
  text: (meaning: string) => z.string().min(1, 'must not be empty').describe(meaning),
  /** A text that is never printed, at least `minimum` characters long. */
  secret: (meaning: string, minimum = 1) =>
    z
      .string()
      .min(minimum, `must have at least ${minimum} characters`)
      .meta({ description: meaning, secret: true }),
  /** An absolute URL; never printed, as it may hold a password. */
  url: (meaning: string) =>
    z
      .string()
      .refine((text) => URL.canParse(text), 'must be a URL')
      .meta({ description: meaning, secret: true }),
  /** One or more texts, separated by commas. */
  list: (meaning: string) =>
    z
      .string()
      .transform((text) => text.split(',').map((part) => part.trim()))
      .pipe(z.array(z.string().min(1, 'has an empty part')))
      .describe(meaning),
  /** A duration in milliseconds. */
  milliseconds: (meaning: string) => wholeNumber(0, LONGEST_MS).describe(meaning),
  /** A whole number from `minimum` to `maximum`. */
  count: (meaning: string, minimum = 0, maximum = Number.MAX_SAFE_INTEGER) =>
    wholeNumber(minimum, maximum).describe(meaning),
  /** `true` or `false`. */
  flag: (meaning: string) =>
    z
      .enum(['true', 'false'])
      .transform((text) => text === 'true')
      .describe(meaning),
  /** One of a few words. */
  oneOf: <const Words extends readonly [string, ...string[]]>(meaning: string, words: Words) =>
    z.enum(words).describe(meaning),
};
