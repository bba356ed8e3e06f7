import { z } from 'zod';

const positive = (fallback: number, meaning: string) =>
  z.coerce.number().int().positive().default(fallback).describe(meaning);

/** Payments' own settings. */
export const settings = {
  TOP_UP_MAX_MINOR_UNITS: positive(100_000_000, 'Most money of one top-up, in minor units.'),
  IDEMPOTENCY_KEY_HOURS: z.coerce
    .number()
    .int()
    .min(24)
    .default(48)
    .describe('How long an answer is kept for its idempotency key, in hours; at least 24.'),
};
