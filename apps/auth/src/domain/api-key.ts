import { randomBytes } from 'node:crypto';
import { QuaysideError } from '@quayside/errors';
import { scopesOf, type Role } from './roles';
import { secretToken } from './secret-token';

/** A fresh key, and how it begins: enough to recognise it, nothing to use. */
export function newApiKey(): { apiKey: string; prefix: string } {
  const prefix = `qsak_${randomBytes(4).toString('hex')}`;
  return { apiKey: secretToken(`${prefix}_`).make(), prefix };
}

/** Whether a text could be one of our keys; spares the database what cannot be. */
export const isApiKey = (text: string): boolean => /^qsak_[0-9a-f]{8}_[\w-]{43}$/.test(text);

const USUAL_DAYS = 90;
const MOST_DAYS = 366;
const LONGEST_NAME = 80;

/** A key that somebody may have. */
export interface NewApiKey {
  name: string;
  scopes: string[];
  days: number;
}

// Who changes passwords and makes further keys is a person.
const mayBeLent = (scope: string): boolean => !scope.startsWith('identity:');

/** What a key's tokens may do: as much of its scopes as its owner still has. */
export const scopesOfKey = (scopes: readonly string[], role: Role): string[] =>
  scopes.filter((scope) => mayBeLent(scope) && scopesOf(role).includes(scope));

/** A key as it was asked for. Throws invalid_request, naming every wrong field. */
export function checkedApiKey(
  asked: { name: string; scopes: readonly string[]; expiresInDays: number },
  role: Role,
): NewApiKey {
  const name = asked.name.trim();
  const scopes = [...new Set(asked.scopes)];
  const days = asked.expiresInDays === 0 ? USUAL_DAYS : asked.expiresInDays;
  const length = Array.from(name).length;
  const problems = [
    [
      length >= 1 && length <= LONGEST_NAME && !/\p{Cc}/u.test(name),
      '/name',
      'must have 1 to 80 characters, no control characters',
    ],
    [
      scopes.length > 0 && scopesOfKey(scopes, role).length === scopes.length,
      '/scopes',
      'must be scopes of yours, at least one, none of identity',
    ],
    [days >= 1 && days <= MOST_DAYS, '/expiresInDays', 'must be 1 to 366'],
  ] as const;
  const fields = problems.flatMap(([fine, path, message]) => (fine ? [] : [{ path, message }]));
  if (fields.length > 0) {
    throw new QuaysideError('invalid_request', 'The key is not valid.', { fields });
  }
  return { name, scopes, days };
}
