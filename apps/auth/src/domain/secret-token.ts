import { createHash, randomBytes } from 'node:crypto';

/** A kind of opaque token: 256 random bits after a prefix, by which secret scanners recognise one that has leaked. */
export interface SecretToken {
  /** A fresh one. */
  make(): string;
  /** Whether a text could be one; spares the database what cannot be. */
  matches(text: string): boolean;
}

/** The tokens that begin with `prefix`. */
export function secretToken(prefix: string): SecretToken {
  const shape = new RegExp(`^${prefix}[A-Za-z0-9_-]{43}$`);
  return {
    make: () => `${prefix}${randomBytes(32).toString('base64url')}`,
    matches: (text) => shape.test(text),
  };
}

/** SHA-256 of a token, which is all that is stored: 256 random bits need neither salt nor a slow hash. */
export const tokenHash = (token: string): Buffer => createHash('sha256').update(token).digest();

/** Sent by mail to who cannot sign in; good once. */
export const resetToken = secretToken('qspr_');
/** For how long a reset token is good. */
export const RESET_TOKEN_MINUTES = 30;
