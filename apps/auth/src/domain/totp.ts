import { createHash, randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';

// What authenticators understand everywhere (RFC 6238 with the defaults of RFC 4226).
const PERIOD_SECONDS = 30;
/** Codes of one step before and after are taken: clocks differ, and people take time (RFC 6238 5.2). */
const WINDOW = 1;
/** RFC 4226 section 4, R6: 160 bits. */
const SECRET_BYTES = 20;

const totpOf = (secret: Buffer, label = 'account'): TOTP =>
  new TOTP({
    issuer: 'Quayside',
    label,
    algorithm: 'SHA1',
    digits: 6,
    period: PERIOD_SECONDS,
    secret: new Secret({ buffer: new Uint8Array(secret).buffer }),
  });

/** A fresh secret. */
export const newTotpSecret = (): Buffer => randomBytes(SECRET_BYTES);

/** A secret as authenticators take it: typed, and as an address in a QR code. */
export function totpForDisplay(secret: Buffer, label: string): { secret: string; uri: string } {
  const totp = totpOf(secret, label);
  return { secret: totp.secret.base32, uri: totp.toString() };
}

/** Whether a text looks like a code of an authenticator. */
export const isTotpCode = (text: string): boolean => /^\d{6}$/.test(text);

/** The time step whose code this is, now or one step away; undefined when it is none of them. */
export function matchingStep(secret: Buffer, code: string, now: Date): number | undefined {
  const timestamp = now.getTime();
  const delta = totpOf(secret).validate({ token: code, timestamp, window: WINDOW });
  return delta === null ? undefined : Math.floor(timestamp / 1000 / PERIOD_SECONDS) + delta;
}

const RECOVERY_CODES = 10;
const RECOVERY_BYTES = 10;

/** Ten fresh recovery codes of 80 random bits, in four groups of letters and digits. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: RECOVERY_CODES }, () => {
    const { base32 } = new Secret({ buffer: new Uint8Array(randomBytes(RECOVERY_BYTES)).buffer });
    return base32.toLowerCase().match(/.{4}/g)?.join('-') ?? base32;
  });
}

/** SHA-256 of a recovery code, however it was typed, with its owner: all that is stored. */
export function recoveryCodeHash(userId: string, code: string): Buffer {
  const bare = code.toLowerCase().replace(/[^a-z0-9]/g, '');
  return createHash('sha256').update(`${userId} ${bare}`).digest();
}
