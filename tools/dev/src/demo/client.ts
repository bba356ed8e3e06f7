import { printAnswer, printRequest } from './print';

/** One request of the demo. */
export interface Call {
  method: 'GET' | 'POST';
  /** Below `/api/v1`. */
  path: string;
  body?: object;
  /** Access token of who calls. */
  token?: string;
  headers?: Record<string, string>;
  /** The status that the story expects; 2xx by default. */
  expect?: number;
}

/** Sends a request, prints it and its answer, and gives back the answer's body. */
export type Client = <T>(call: Call, options?: { quiet?: boolean }) => Promise<T>;

/** A client of the public API. It throws a sentence when an answer is not what the story expects. */
export function createClient(url: string): Client {
  return async <T>(call: Call, options: { quiet?: boolean } = {}): Promise<T> => {
    const { method, path, body, token, headers, expect } = call;
    const started = performance.now();
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const answer = await readBody(response);
    const trace = traceIdOf(response.headers.get('traceresponse'));
    if (!options.quiet) {
      printRequest(method, `/api/v1${path}`, headers, body);
      printAnswer(response.status, answer, trace, performance.now() - started);
    }
    const asExpected = expect === undefined ? response.ok : response.status === expect;
    if (asExpected) return answer as T;
    const said = typeof answer === 'string' ? answer : JSON.stringify(answer);
    throw new Error(`${method} ${path} answered ${response.status}: ${said} (trace ${trace})`);
  };
}

async function readBody(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return text;
  }
}

/** `00-<trace>-<span>-01` → the trace: W3C Trace Context Level 2. */
function traceIdOf(header: string | null): string {
  return header?.split('-')[1] ?? 'none';
}
