/** Whoever a request comes from, once proven. */
export type Caller = PublicCaller | UserCaller | ServiceCaller;

/** Nobody in particular. */
export interface PublicCaller {
  kind: 'public';
}

/** A signed-in person. */
export interface UserCaller {
  kind: 'user';
  userId: string;
  scopes: readonly string[];
  /** The session (`sid`) that the token belongs to; a token without one cannot be refreshed. */
  sessionId?: string;
  /** The token's own id (`jti`). */
  tokenId: string;
  /** How sure it is who they are (`acr`): `aal1` by a password, `aal2` by a second factor too; absent for a machine. */
  acr?: string;
  /** When they proved it (`auth_time`), in seconds since the epoch. */
  authTime?: number;
  /** Whether the user has a second factor (`second_factor`), given or not. */
  secondFactor?: boolean;
  /** When the token was issued (`iat`), in seconds since the epoch. */
  issuedAt: number;
  /** When the token ends, in seconds since the epoch; a verifier always knows it. */
  expiresAt?: number;
  /** The access token, to be forwarded to other services, which verify it again. */
  token: string;
}

/** One of our own services, acting for itself. */
export interface ServiceCaller {
  kind: 'service';
  service: string;
}
