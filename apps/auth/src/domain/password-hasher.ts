import { randomBytes } from 'node:crypto';
import { hash, parseOptions, verify } from '@node-rs/argon2';
import { isHashable, normalisePassword } from './password-policy';
import type { WorkLimit } from './work-limit';

/**
 * OWASP Password Storage Cheat Sheet: argon2id with m=19 MiB, t=2, p=1. The package's default algorithm is
 * argon2id; a test holds it to that.
 */
export const ARGON2_PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Hashes and checks passwords, off the event loop and only so many at once. */
export interface PasswordHasher {
  /** PHC string of a password that the policy has accepted. Throws unavailable when too many wait. */
  hash(password: string, deadline: Date): Promise<string>;
  /**
   * Whether the password is the one of the stored hash. With no stored hash the same work is done and the
   * answer is false: how long it takes does not tell whether the e-mail is known.
   */
  matches(storedHash: string | undefined, password: string, deadline: Date): Promise<boolean>;
}

/** Whether a stored hash was made with other parameters than those of now, so that it should be made again. */
export function isOutdated(storedHash: string): boolean {
  const { memoryCost, timeCost, parallelism } = parseOptions(storedHash);
  const now = ARGON2_PARAMETERS;
  return (
    memoryCost !== now.memoryCost || timeCost !== now.timeCost || parallelism !== now.parallelism
  );
}

/** A hasher; makes the hash that stands in for unknown identities, hence asynchronous. */
export async function createPasswordHasher(limit: WorkLimit): Promise<PasswordHasher> {
  const standIn = await hash(randomBytes(32), ARGON2_PARAMETERS);
  return {
    hash: (password, deadline) => limit.run(() => hash(password, ARGON2_PARAMETERS), deadline),
    async matches(storedHash, password, deadline) {
      const normalised = normalisePassword(password);
      if (!isHashable(normalised)) return false;
      const matched = await limit.run(() => verify(storedHash ?? standIn, normalised), deadline);
      return matched && storedHash !== undefined;
    },
  };
}
