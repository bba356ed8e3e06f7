import { QuaysideError } from '@quayside/errors';
import { checkedPassword, MIN_PASSWORD_LENGTH } from './password-policy';

let known: Promise<ReadonlySet<string>> | undefined;

/**
 * The most common passwords, in small letters: zxcvbn's list, counted in leaked databases. Of 49,000 only those count that
 * are long enough to be accepted at all. Read at the first sign-up: an idle process does without.
 */
async function commonPasswords(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import('@zxcvbn-ts/language-common');
  const list = dictionary['passwords-common'] as readonly string[];
  return new Set(list.filter((password) => password.length >= MIN_PASSWORD_LENGTH));
}

/** A new password in the form to hash. Rejects with invalid_request, naming the field, for one that is not good enough. */
export async function acceptablePassword(password: string, path = '/password'): Promise<string> {
  const checked = checkedPassword(password, path);
  await refuseCommonPassword(checked, path);
  return checked;
}

/** Rejects with invalid_request for a password that everybody tries first (NIST SP 800-63B 3.1.1.2). */
export async function refuseCommonPassword(password: string, path = '/password'): Promise<void> {
  known ??= commonPasswords();
  if (!(await known).has(password.toLowerCase())) return;
  const rule = 'must not be one of the most common passwords';
  throw new QuaysideError('invalid_request', `The password ${rule}.`, {
    fields: [{ path, message: rule }],
  });
}
