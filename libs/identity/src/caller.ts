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
  sessionId?: string;
  /** The access token, to be forwarded to other services, which verify it again. */
  token: string;
}

/** One of our own services, acting for itself. */
export interface ServiceCaller {
  kind: 'service';
  service: string;
}
