import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A secret in a line of a log. Says which kind, never which. */
export interface FoundSecret {
  kind: string;
  file: string;
  line: number;
}

/** Fields of requests and answers whose text nobody else may read. */
const secretFields = new Set([
  'password',
  'currentPassword',
  'newPassword',
  'accessToken',
  'refreshToken',
  'apiKey',
  'token',
  'secret',
  'recoveryCodes',
  'number',
]);

/** The search runs in a process of its own, which does not know the passwords of tests; they end so. */
const secretsOfTests: [secret: string, kind: string][] = [[' battery', 'a password of tests']];

/** Shorter ones are in any log by chance. */
const SHORTEST = 8;

/** Secrets that this process has used or been given. */
const used = new Map<string, string>();

/** Keeps what is secret in a request or an answer, to look for it in the logs. */
export function rememberSecrets(value: unknown, field = ''): void {
  if (typeof value === 'string' && secretFields.has(field) && value.length >= SHORTEST) {
    used.set(value, field);
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    rememberSecrets(inner, Array.isArray(value) ? field : name);
  }
}

const patterns: [kind: string, pattern: RegExp][] = [
  ['a token (JWT)', /\beyJ[\w-]{8,}\.[\w-]{8,}/],
  ['a refresh token', /\bqsrt_[\w-]{20,}/],
  ['a reset token', /\bqspr_[\w-]{20,}/],
  ['an API key', /\bqsak_[0-9a-f]{8}_[\w-]{20,}/],
  ['a private key', /-----BEGIN [A-Z ]*PRIVATE KEY-----|"d" ?: ?"[\w-]{43}"/],
  ['the password of a database', /\bpostgres(ql)?:\/\/[^\s:@/]+:[^\s@]+@/],
];

/** Ids of traces are numbers by chance. */
const traceIds = /"(trace_?id|(parent_?)?span_?id)":"[0-9a-f]+"/gi;

/** Numbers in one piece or in fours, as cards have them; those of today's clocks begin with a 1. */
const cardNumbers =
  /(?<![\w-]|\d\.)(?:[2-6]\d{12,18}|[2-6]\d{3}([ -])\d{4}\1\d{4}\1\d{1,7})(?![\w-]|\.\d)/g;

/** The check digit that every card number has. */
function passesLuhn(digits: string): boolean {
  const sum = Array.from(digits)
    .reverse()
    .reduce((total, digit, place) => {
      const value = Number(digit) * (place % 2 === 0 ? 1 : 2);
      return total + (value > 9 ? value - 9 : value);
    }, 0);
  return sum % 10 === 0;
}

const hasCardNumber = (line: string): boolean =>
  [...line.replace(traceIds, '').matchAll(cardNumbers)].some(([found]) =>
    passesLuhn(found.replace(/\D/g, '')),
  );

/** Kinds of secrets in a line: those known by their text, and what looks like one. */
export function secretsIn(line: string, known: Iterable<readonly [string, string]>): string[] {
  return [
    ...[...known].filter(([secret]) => line.includes(secret)).map(([, kind]) => kind),
    ...patterns.filter(([, pattern]) => pattern.test(line)).map(([kind]) => kind),
    ...(hasCardNumber(line) ? ['a card number'] : []),
  ];
}

/** Every text in `secrets.json`, however deep, with its name. */
function textsOf(value: unknown, name: string): [string, string][] {
  if (typeof value === 'string') return [[value, name]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => textsOf(inner, `${name}.${key}`));
}

/**
 * Reads all logs of a folder for secrets: those of the system (`secrets`, by name), those of tests, those that this
 * process used as its customer, and anything that looks like one.
 */
export async function findSecretsInLogs(
  folder: string,
  secrets: object = {},
): Promise<FoundSecret[]> {
  const known = [...used, ...secretsOfTests, ...textsOf(secrets, 'secrets')];
  const found: FoundSecret[] = [];
  for (const file of await readdir(folder)) {
    let number = 0;
    for await (const line of createInterface({ input: createReadStream(join(folder, file)) })) {
      number += 1;
      for (const kind of secretsIn(line, known)) found.push({ kind, file, line: number });
    }
  }
  return found;
}
