import { createHash, randomBytes } from 'node:crypto';

// The prefix lets secret scanners recognise a leaked token.
const PREFIX = 'qsrt_';
const SHAPE = /^qsrt_[A-Za-z0-9_-]{43}$/;

/** A fresh opaque refresh token: 256 random bits. */
export function newRefreshToken(): string {
  return `${PREFIX}${randomBytes(32).toString('base64url')}`;
}

/** Whether a text could be one of our tokens; spares the database what cannot be. */
export function isRefreshToken(text: string): boolean {
  return SHAPE.test(text);
}

/** SHA-256 of a token, which is all that is stored. */
export function refreshTokenHash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** What is stored of a refresh token that was presented. */
export interface PresentedToken {
  used: boolean;
  expired: boolean;
  sessionOver: boolean;
}

/**
 * What to do about a token that could not be exchanged. A used one in a living session has been copied:
 * its whole family ends (RFC 9700 4.14.2). Everything else is refused alike.
 */
export function refusal({ used, expired, sessionOver }: PresentedToken): 'reused' | 'refused' {
  return used && !expired && !sessionOver ? 'reused' : 'refused';
}
