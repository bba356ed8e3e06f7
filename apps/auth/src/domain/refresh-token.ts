import { secretToken, tokenHash } from './secret-token';

const refreshToken = secretToken('qsrt_');

/** A fresh opaque refresh token: 256 random bits. */
export const newRefreshToken = (): string => refreshToken.make();

/** Whether a text could be one of our tokens; spares the database what cannot be. */
export const isRefreshToken = (text: string): boolean => refreshToken.matches(text);

/** SHA-256 of a token, which is all that is stored. */
export const refreshTokenHash = tokenHash;

/**
 * For so many seconds after its first use a token may be used again, while nobody has used what it was exchanged for: an
 * answer was lost, or two tabs refreshed at once.
 */
export const REPEAT_SECONDS = 10;

/** What is stored of a refresh token that was presented. */
export interface PresentedToken {
  used: boolean;
  /** First used within the last `REPEAT_SECONDS`. */
  usedJustNow: boolean;
  /** Something that it was exchanged for has been used: it is no longer the predecessor of what the client holds. */
  successorUsed: boolean;
  expired: boolean;
  sessionOver: boolean;
}

/**
 * What to do about a token. A used one in a living session has been copied: its whole family ends (RFC 9700 4.14.2), unless
 * it is used again just now by who did not get the answer. Everything else that cannot be exchanged is refused alike.
 */
export function judge(token: PresentedToken): 'exchange' | 'reused' | 'refused' {
  if (token.expired || token.sessionOver) return 'refused';
  if (!token.used) return 'exchange';
  return token.usedJustNow && !token.successorUsed ? 'exchange' : 'reused';
}
