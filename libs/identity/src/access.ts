import { QuaysideError } from '@quayside/errors';
import type { Caller, ServiceCaller, UserCaller } from './caller';
import type { ServiceTokens } from './service-tokens';
import type { TokenVerifier } from './token-verifier';

/** Who may call one route or method. What declares nothing may be called by nobody. */
export type Access =
  | { kind: 'public' }
  | { kind: 'user'; scope: string }
  | { kind: 'service'; services: readonly string[] };

function named(...names: string[]): string[] {
  if (names.length === 0 || names.some((name) => !/^[^\s]+$/.test(name))) {
    throw new Error('Access needs a scope, or the names of services, without spaces.');
  }
  return names;
}

/** Builders of access declarations. They throw when no scope or service is named. */
export const access = {
  /** Anybody. */
  public: { kind: 'public' } as Access,
  /** A signed-in user whose token has this scope. */
  user: (scope: string): Access => ({ kind: 'user', scope: named(scope).join('') }),
  /** One of these services. */
  service: (...services: string[]): Access => ({ kind: 'service', services: named(...services) }),
};

/** What a request carries to prove where it comes from. */
export interface Credentials {
  /** `Bearer <access token>`. */
  authorization?: string;
  /** A service token. */
  serviceToken?: string;
  /** The other end of a mutual TLS connection; where there is one, its certificate counts and no service token. */
  peer?: Peer;
}

/** Who is at the other end of a connection, by its verified certificate. */
export interface Peer {
  /** The service that the certificate names. */
  readonly service: string | undefined;
}

/** What proves credentials. */
export interface Authenticators {
  verifier?: TokenVerifier;
  serviceTokens?: ServiceTokens;
}

const BEARER = /^Bearer ([^\s]+)$/i;

async function userWith(
  scope: string,
  { authorization }: Credentials,
  verifier?: TokenVerifier,
): Promise<UserCaller> {
  const [, token] = BEARER.exec(authorization ?? '') ?? [];
  if (token === undefined || verifier === undefined) {
    throw new QuaysideError('unauthenticated', 'Send an access token: Authorization: Bearer ...');
  }
  const caller = await verifier.verify(token);
  if (!caller.scopes.includes(scope)) {
    throw new QuaysideError('forbidden', `The access token lacks the scope ${scope}.`);
  }
  return caller;
}

async function provenService(
  { serviceToken, peer }: Credentials,
  serviceTokens?: ServiceTokens,
): Promise<string> {
  if (peer) {
    const { service } = peer;
    if (service !== undefined) return service;
    throw new QuaysideError('unauthenticated', 'The certificate of the caller names no service.');
  }
  if (serviceToken === undefined || serviceTokens === undefined) {
    throw new QuaysideError('unauthenticated', 'Only services may call this, with their token.');
  }
  return (await serviceTokens.verify(serviceToken)).service;
}

async function serviceOf(
  allowed: readonly string[],
  credentials: Credentials,
  serviceTokens?: ServiceTokens,
): Promise<ServiceCaller> {
  const service = await provenService(credentials, serviceTokens);
  if (!allowed.includes(service)) {
    throw new QuaysideError('forbidden', `The service ${service} may not call this.`);
  }
  return { kind: 'service', service };
}

/**
 * The proven caller, if it may call what declares `required`. Rejects with QuaysideError
 * `unauthenticated` when nothing is proven, `forbidden` when somebody else is, or when `required` is
 * no declaration at all (default deny).
 */
export async function authorize(
  required: Access,
  credentials: Credentials,
  { verifier, serviceTokens }: Authenticators,
): Promise<Caller> {
  switch (required.kind) {
    case 'public':
      return { kind: 'public' };
    case 'user':
      return userWith(required.scope, credentials, verifier);
    case 'service':
      return serviceOf(required.services, credentials, serviceTokens);
    default:
      // Types exclude it; a value that came around them must still open nothing.
      throw new QuaysideError('forbidden', 'Nobody may call this.');
  }
}
