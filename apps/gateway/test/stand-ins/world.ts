import { toTimestamp, type payments } from '@quayside/contracts';

/** The moment at which everything in this world happens. */
export const moment = toTimestamp(new Date('2026-01-02T03:04:05.678Z'));
/** Minor units as a message. */
export const eur = (amount: bigint) => ({ amount: amount.toString(), currency: 'EUR' });

/** Someone who has signed up. */
export interface Person {
  userId: string;
  email: string;
  password: string;
  handle: string;
  displayName: string;
}

/** Everything that the stand-ins know; tests may reach in. */
export interface World {
  people: Map<string, Person>;
  handles: Map<string, string>;
  refreshTokens: Map<string, string>;
  balances: Map<string, bigint>;
  payments: Map<string, payments.Payment__Output & { payer: string; payee: string }>;
  topUps: Map<string, payments.TopUp__Output & { userId: string }>;
  /** Ids of top-ups that need attention. */
  givenUp: Set<string>;
  /** Ids of what the card processor has told. */
  processorEvents: Set<string>;
  /** Users whose account is not opened at sign-up. */
  openAccounts: boolean;
}

/** A world in which nobody has signed up. */
export function newWorld(): World {
  return {
    people: new Map(),
    handles: new Map(),
    refreshTokens: new Map(),
    balances: new Map(),
    payments: new Map(),
    topUps: new Map(),
    givenUp: new Set(),
    processorEvents: new Set(),
    openAccounts: true,
  };
}
