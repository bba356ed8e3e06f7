/** Gives a token for the number of a card. */
export type CardTokens = (number: string) => Promise<string>;

/** Tokens of the card processor: a card number goes there, and nowhere else. */
export function cardTokens(url: string): CardTokens {
  return async (number) => {
    const response = await fetch(new URL('/v1/tokens', url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ number }),
    });
    if (!response.ok) throw new Error(`The card processor answered ${response.status}.`);
    return ((await response.json()) as { token: string }).token;
  };
}
