import { request } from 'node:http';

/** A request as it goes over the wire. */
export interface Sent {
  method: string;
  /** With the query, encoded or wrongly encoded. */
  target: string;
  headers: Record<string, string>;
  body?: string | Uint8Array;
}

/** What came back. Of a stream, only how it began. */
export interface Received {
  status: number;
  headers: Record<string, unknown>;
  text: string;
}

/** Sends a request as it is: nothing is made right on its way, unlike by `fetch`. */
export function send(baseUrl: string, { method, target, headers, body }: Sent): Promise<Received> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(baseUrl);
    const signal = AbortSignal.timeout(20_000);
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
    const options = { hostname, port, method, path: target, agent: false, signal };
    const sent = request({ ...options, headers: { ...headers, ...length } }, (response) => {
      const chunks: Buffer[] = [];
      const end = () => {
        const text = Buffer.concat(chunks).toString();
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
        sent.destroy();
      };
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('end', end);
      if (response.headers['content-type']?.startsWith('text/event-stream')) end();
    });
    sent.once('error', (error) => reject(new Error(`${method} ${target}`, { cause: error })));
    sent.end(body);
  });
}
