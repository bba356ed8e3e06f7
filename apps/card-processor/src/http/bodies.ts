import { QuaysideError } from '@quayside/errors';
import type { Request } from 'express';
import { z } from 'zod';

const amount = z.string().regex(/^[1-9]\d{0,17}$/, 'must be minor units, as a string');

export const tokenBody = z.object({ number: z.string().min(1).max(30) });

export const chargeBody = z.object({
  token: z.string().min(1).max(200),
  amount,
  currency: z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code'),
  notAfter: z.iso.datetime().optional(),
});

export const refundBody = z.object({ chargeId: z.string().min(1).max(200), amount });

export const pageQuery = z.object({
  cursor: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(100),
  createdFrom: z.iso.datetime().optional(),
});

/** What was sent, if it is of this shape. Throws QuaysideError `invalid_request`, which repeats nothing of it. */
export function checked<T>(shape: z.ZodType<T>, sent: unknown): T {
  const parsed = shape.safeParse(sent);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map(({ path, message }) => ({
    path: `/${path.join('/')}`,
    message,
  }));
  throw new QuaysideError('invalid_request', 'The request is not valid.', { fields });
}

/** The merchant's key. */
export function keyOf(request: Request): string {
  return checked(z.string().min(1).max(255), request.get('idempotency-key'));
}
