import { isIPv6 } from 'node:net';

/** One limit: so many requests in a window that begins with the first of them. */
export interface RateLimit {
  /** As openapi.yaml, headers and metrics name it. */
  name: string;
  /** For all replicas together. */
  limit: number;
  windowSeconds: number;
  /** Who has a count of their own. */
  per: 'address' | 'user';
  /** Counted in the database by all replicas together, else by each in memory for its share. */
  shared: boolean;
}

/** The settings that limits are made of. */
export interface RateLimitSettings {
  RATE_LIMIT_ADDRESS: number;
  RATE_LIMIT_API: number;
  RATE_LIMIT_PAYMENTS: number;
  RATE_LIMIT_LOGIN: number;
  RATE_LIMIT_REGISTER: number;
  RATE_LIMIT_RESET: number;
}

const MINUTE = 60;

/**
 * Every limit there is. `address` holds for every request, whatever it asks for, and `api` for every user's; an operation
 * has one of the others instead where openapi.yaml says so (`x-rate-limit`).
 */
export function rateLimitsOf(settings: RateLimitSettings) {
  return {
    address: limit('address', settings.RATE_LIMIT_ADDRESS, MINUTE, 'address'),
    api: limit('api', settings.RATE_LIMIT_API, MINUTE, 'user'),
    payments: limit('payments', settings.RATE_LIMIT_PAYMENTS, MINUTE, 'user'),
    login: shared('login', settings.RATE_LIMIT_LOGIN, MINUTE),
    register: shared('register', settings.RATE_LIMIT_REGISTER, 10 * MINUTE),
    reset: shared('reset', settings.RATE_LIMIT_RESET, 10 * MINUTE),
  } satisfies Record<string, RateLimit>;
}

function limit(
  name: string,
  most: number,
  windowSeconds: number,
  per: RateLimit['per'],
): RateLimit {
  return { name, limit: most, windowSeconds, per, shared: false };
}

/** Guarded most: nobody is signed in yet, and the work behind them is dear. */
const shared = (name: string, most: number, windowSeconds: number): RateLimit => ({
  ...limit(name, most, windowSeconds, 'address'),
  shared: true,
});

/** The share of a limit that each of several replicas counts by itself. */
export const shareOf = ({ limit: most }: RateLimit, replicas: number): number =>
  Math.max(1, Math.ceil(most / replicas));

/** Whose count an address is: an IPv6 customer has a whole /64 (RFC 6177) and would else have as many counts. */
export function addressKey(address: string | undefined): string {
  return address === undefined || !isIPv6(address) ? (address ?? 'unknown') : network64(address);
}

function network64(address: string): string {
  const [head = '', tail] = address.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0');
  const groups = tail === undefined ? before : [...before, ...zeros, ...after];
  const first = groups.slice(0, 4).map((group) => group.toLowerCase().replace(/^0+(?=.)/, ''));
  return `${first.join(':')}::/64`;
}

// draft-ietf-httpapi-ratelimit-headers-10, sections 3 and 4.
/** The value of `RateLimit-Policy`: what holds. */
export const policyHeader = ({ name, limit: most, windowSeconds }: RateLimit): string =>
  `"${name}";q=${most};w=${windowSeconds}`;

/** The value of `RateLimit`: what is left, and the seconds until the window ends. */
export const stateHeader = ({ name }: RateLimit, remaining: number, seconds: number): string =>
  `"${name}";r=${remaining};t=${seconds}`;
