import { createHmac, timingSafeEqual } from 'node:crypto';
import { QuaysideError } from '@quayside/errors';

/** By what a signature is judged. */
export interface SignatureRules {
  /** The keys that count: one, and while keys are changed the one before. */
  secrets: readonly string[];
  /** How far its time may be from ours, either way. */
  windowMs: number;
  now?: Date;
}

const refused = (detail: string) => new QuaysideError('unauthenticated', detail);

const macOf = (secret: string, time: string, body: Buffer) =>
  createHmac('sha256', secret).update(`${time}.`).update(body).digest();

/**
 * Verifies `t=<seconds>,v1=<hex>[,v1=<hex>...]` over the bytes of a body; other parts are for other versions. Throws
 * QuaysideError `unauthenticated`.
 */
export function verifySignature(
  header: string,
  body: Buffer,
  { secrets, windowMs, now = new Date() }: SignatureRules,
): void {
  const parts = header.split(',').map((part) => part.trim());
  const time = parts.find((part) => /^t=\d{1,12}$/.test(part))?.slice('t='.length);
  const given = parts.filter((part) => /^v1=[0-9a-f]{64}$/.test(part));
  if (time === undefined || given.length === 0) throw refused('The signature cannot be read.');
  if (Math.abs(now.getTime() - Number(time) * 1000) > windowMs) {
    throw refused('The signature is too old, or of a time to come.');
  }
  const macs = given.map((part) => Buffer.from(part.slice('v1='.length), 'hex'));
  const right = secrets.some((secret) => {
    const expected = macOf(secret, time, body);
    // In constant time: how much of a guess is right must not show.
    return macs.some((mac) => timingSafeEqual(mac, expected));
  });
  if (!right) throw refused('The signature is not right.');
}
