/** Asks a Prometheus for one number now. `undefined` when nothing answers to the query. */
export type Query = (expression: string) => Promise<number | undefined>;

export interface PrometheusOptions {
  url: string;
  /** Sent as a bearer token, for a Prometheus behind a proxy that asks for one. */
  token?: string;
}

interface Reply {
  status: string;
  error?: string;
  data?: { result: { value: [number, string] }[] };
}

/**
 * Queries the HTTP API (https://prometheus.io/docs/prometheus/latest/querying/api/#instant-queries). Throws when it
 * does not answer, refuses the query, or answers with several series: one number was asked for.
 */
export function prometheus({ url, token }: PrometheusOptions): Query {
  return async (expression) => {
    const response = await fetch(new URL('api/v1/query', url.endsWith('/') ? url : `${url}/`), {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      body: new URLSearchParams({ query: expression }),
      signal: AbortSignal.timeout(15_000),
    });
    const text = await response.text();
    const reply = parseReply(text);
    if (!response.ok || reply?.status !== 'success') {
      throw new Error(
        `Prometheus answered ${response.status} to ${expression}: ${reply?.error ?? text}`,
      );
    }
    const result = reply.data?.result ?? [];
    if (result.length > 1) {
      throw new Error(`Prometheus has ${result.length} series for ${expression}, not one.`);
    }
    const value = Number(result[0]?.value[1] ?? Number.NaN);
    return Number.isNaN(value) ? undefined : value;
  };
}

function parseReply(text: string): Reply | undefined {
  try {
    return JSON.parse(text) as Reply;
  } catch {
    return undefined;
  }
}
