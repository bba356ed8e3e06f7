/** When keys move on, in seconds. */
export interface RotationTimes {
  /** For how long the next key is published before it signs: longer than any cache of the JWKS lives. */
  publishSeconds: number;
  /** For how long a retired key stays published: longer than the last token that it signed lives. */
  retireSeconds: number;
}

/** How old the keys get that a replica of auth goes on with, in milliseconds. */
export const KEYS_MAX_AGE_MS = 30_000;

// A replica's ring (30 s), the gateway's answer (30 s), its max-age (60 s) and stale-if-error (60 s) and a verifier
// (60 s) may each be as old as they get, one behind the other: four minutes. The rest is for slow clocks and slow jobs.
const SLACK_SECONDS = 300;

/** The times that fit a lifetime of access tokens. */
export const rotationTimes = (tokenSeconds: number): RotationTimes => ({
  publishSeconds: SLACK_SECONDS,
  retireSeconds: tokenSeconds + SLACK_SECONDS,
});
