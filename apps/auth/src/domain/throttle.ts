import { createHash } from 'node:crypto';
import { networkOf } from './client';

/** How the delay grows with the number of failures. */
export interface ThrottleRule {
  /** So many failures cost nothing. */
  free: number;
  /** Seconds after the next one; twice as many after each further one. */
  firstDelaySeconds: number;
  /** Seconds at most after a failure. */
  longestDelaySeconds: number;
}

/** Something that is counted, and by which rule. */
export interface Throttle {
  /** SHA-256 of what is counted: no list of who was tried and from where is kept. */
  key: Buffer;
  rule: ThrottleRule;
  /**
   * `attempt`: counted before it is made, so that many at once do not slip through, and taken back unless it fails.
   * `failure`: counted when it has failed; for what many people may do at once in the same place.
   */
  counts: 'attempt' | 'failure';
  /** The key of the throttle that has to wait for it, which is charged together with it; itself unless given. */
  waitsAt?: Buffer;
}

/** A throttle forgets its failures this many seconds after the last one. */
export const FORGET_SECONDS = 3600;

/** Seconds to wait after so many failures. */
export function delayAfter(failures: number, rule: ThrottleRule): number {
  if (failures <= rule.free) return 0;
  const delay = rule.firstDelaySeconds * 2 ** (failures - rule.free - 1);
  return Math.min(delay, rule.longestDelaySeconds);
}

const QUARTER_HOUR = 900;
const rules = {
  // Somebody who mistypes, or many programs of one person that start at once with an old password.
  accountHere: { free: 10, firstDelaySeconds: 2, longestDelaySeconds: QUARTER_HOUR },
  // An office or a household behind one address, with more than one account.
  place: { free: 50, firstDelaySeconds: 1, longestDelaySeconds: QUARTER_HOUR },
  // Somebody in a place where another one of them has signed in, who must not wait for what strangers there do.
  residents: { free: 200, firstDelaySeconds: 1, longestDelaySeconds: QUARTER_HOUR },
  // Guessed from many places at once. Short, because it also meets its owner who mistypes in a new place.
  accountAnywhere: { free: 30, firstDelaySeconds: 1, longestDelaySeconds: 30 },
  proof: { free: 5, firstDelaySeconds: 2, longestDelaySeconds: QUARTER_HOUR },
  signUp: { free: 20, firstDelaySeconds: 1, longestDelaySeconds: QUARTER_HOUR },
  mail: { free: 5, firstDelaySeconds: 5, longestDelaySeconds: QUARTER_HOUR },
} satisfies Record<string, ThrottleRule>;

function keyOf(...parts: string[]): Buffer {
  return createHash('sha256').update(JSON.stringify(parts)).digest();
}

/** Counts what comes from a place; nothing when the place is not known, which would make one place of all. */
function inPlace(
  what: string,
  rule: ThrottleRule,
  counts: Throttle['counts'],
  address: string,
): Throttle[] {
  return address === '' ? [] : [{ key: keyOf(what, networkOf(address)), rule, counts }];
}

/** The throttles of one sign-in. */
export interface SignInThrottles {
  /** This account from this place; forgotten when its password was right. */
  own: Throttle;
  all: Throttle[];
}

/**
 * What a sign-in is counted against: the account in this place, and the place. Where its owner is known the place has a larger
 * allowance; elsewhere the account is counted wherever it is tried, too. What that makes wait is only a place that has
 * failed itself: who guesses from elsewhere, however much, does not delay the owner's first attempt anywhere. Who guesses beside them,
 * in the same place, does.
 */
export function signInThrottles(
  emailNormalised: string,
  address: string,
  knownHere: boolean,
): SignInThrottles {
  const own: Throttle = {
    key: keyOf('sign-in', emailNormalised, networkOf(address)),
    rule: rules.accountHere,
    counts: 'attempt',
  };
  const residents = inPlace('sign-in known', rules.residents, 'failure', address);
  if (knownHere) return { own, all: [own, ...residents] };
  const anywhere: Throttle = {
    key: keyOf('sign-in anywhere', emailNormalised),
    rule: rules.accountAnywhere,
    counts: 'attempt',
    waitsAt: own.key,
  };
  const place = inPlace('sign-in', rules.place, 'failure', address);
  return { own, all: [own, anywhere, ...place, ...residents] };
}

/**
 * Everything that is counted under somebody's name: they themselves, their address anywhere, and their address in the places
 * where they were.
 */
export const throttleKeysOf = (
  { userId, emailNormalised }: { userId: string; emailNormalised: string },
  addresses: readonly string[],
): Buffer[] => [
  proofThrottle('password', userId).key,
  proofThrottle('code', userId).key,
  ...signInThrottles(emailNormalised, '', false).all.map(({ key }) => key),
  ...addresses.map((address) => signInThrottles(emailNormalised, address, true).own.key),
];

/** Sign-ups that told somebody that an address is registered. */
export const signUpThrottles = (address: string): Throttle[] =>
  inPlace('sign-up', rules.signUp, 'failure', address);

/** Resets asked for. */
export const resetThrottles = (address: string): Throttle[] =>
  inPlace('reset', rules.mail, 'attempt', address);

/** Reset tokens tried. */
export const resetTokenThrottles = (address: string): Throttle[] =>
  inPlace('reset token', rules.proof, 'failure', address);

/** Proofs that a signed-in user gives once more; a stranger cannot get here. */
export const proofThrottle = (what: 'password' | 'code', userId: string): Throttle => ({
  key: keyOf(what, userId),
  rule: rules.proof,
  counts: 'attempt',
});
