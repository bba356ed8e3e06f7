import { Agent, request } from 'node:http';

/** One request of the load. */
export interface Call {
  method: 'GET' | 'POST';
  path: string;
  token?: string;
  body?: unknown;
  idempotencyKey?: string;
  /** On a connection of its own: what a new client meets, who has none open yet. */
  fresh: boolean;
}

/** What became of it. */
export interface Outcome {
  /** HTTP status; undefined when there was no whole answer. */
  status?: number;
  error?: string;
  ms: number;
  body: Record<string, unknown>;
}

const TIMEOUT_MS = 10_000;
const kept = new Agent({ keepAlive: true, maxSockets: 64 });

function headersOf({ token, idempotencyKey }: Call, text?: string): Record<string, string> {
  return {
    ...(text !== undefined && {
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(text)),
    }),
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
    ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
  };
}

function parse(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}

/** Sends one request, once, and never rejects. */
export function send(target: string, call: Call): Promise<Outcome> {
  const started = performance.now();
  const text = call.body === undefined ? undefined : JSON.stringify(call.body);
  const took = () => performance.now() - started;
  return new Promise((resolve) => {
    const fail = (error: NodeJS.ErrnoException) => {
      resolve({ error: error.code ?? error.message, ms: took(), body: {} });
    };
    const outgoing = request(new URL(call.path, target), {
      method: call.method,
      agent: call.fresh ? false : kept,
      headers: headersOf(call, text),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    outgoing.on('error', fail);
    outgoing.on('response', (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', fail);
      incoming.on('end', () => {
        const body = parse(Buffer.concat(chunks).toString());
        resolve({ status: incoming.statusCode, ms: took(), body });
      });
    });
    outgoing.end(text);
  });
}
