/** The longest that a client may ask to wait, in seconds. */
const MAX_WAIT_SECONDS = 10;

/**
 * The seconds of a `wait` preference (RFC 7240 section 4.3), at most 10; undefined when there is none that can
 * be understood, for a preference is never an error.
 */
export function preferredWait(header: string | undefined): number | undefined {
  // The names are compared without regard to case, and the first of equal names counts (section 2).
  const wait = header
    ?.split(',')
    .map((preference) => /^\s*wait\s*=\s*"?([^";\s]*)"?\s*(;.*)?$/i.exec(preference)?.[1])
    .find((value) => value !== undefined);
  if (wait === undefined || !/^\d{1,6}$/.test(wait)) return undefined;
  return Math.min(Number(wait), MAX_WAIT_SECONDS);
}
