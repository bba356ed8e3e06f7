/** Asks auth for its key set, as JSON text. */
export type FetchJwks = () => Promise<string>;

/** How long a fetched key set is handed out before auth is asked again, in milliseconds. */
const FRESH_MS = 30_000;

/**
 * Gives the last answer while it is fresh, and also while auth cannot be asked: keys outlive an outage of auth.
 * Whoever comes while auth is being asked waits for the same answer.
 */
export function keptWhenStale(fetchJwks: FetchJwks, freshMs = FRESH_MS): FetchJwks {
  let last: { text: string; at: number } | undefined;
  let asking: Promise<string> | undefined;

  async function ask(): Promise<string> {
    try {
      const text = await fetchJwks();
      last = { text, at: Date.now() };
      return text;
    } catch (error) {
      if (last) return last.text;
      throw error;
    } finally {
      asking = undefined;
    }
  }

  return async () => {
    if (last && Date.now() - last.at < freshMs) return last.text;
    asking ??= ask();
    return asking;
  };
}
