import { randomUUID } from 'node:crypto';
import { Agent, request as httpRequest } from 'node:http';
import type { Customer } from './customer';

/** One request of a load, and how its answer is known from every other's. */
export interface LoadRequest {
  /** What it is one of many of. */
  kind: string;
  method: 'GET' | 'POST' | 'PATCH';
  path: string;
  token?: string;
  /** Its Idempotency-Key. */
  key?: string;
  body?: object;
  /** Whether this body, which came with a good status, answers this request and no other. */
  isAnswer(body: unknown): boolean;
}

/** What became of one request. */
export interface Sent {
  request: LoadRequest;
  /** HTTP status, or undefined when the connection ended without an answer. */
  status: number | undefined;
  /** Milliseconds since the epoch at which the whole request had been written. */
  writtenAt: number;
  /** Likewise, at which it was known what became of it. */
  endedAt: number;
  body?: unknown;
  error?: string;
}

/** Makes requests, each after the answer to the one before. */
export type Source = (last?: Sent) => LoadRequest;

interface LoadOptions {
  gatewayUrl: string;
  /** Shared out among the clients. */
  sources: Source[];
  clients: number;
}

/** Whether the request was done. */
export const isAccepted = ({ status }: Sent): boolean => status === 200 || status === 201;

/** Sends a request once and resolves to what became of it, whatever that is. */
export function send(gatewayUrl: string, request: LoadRequest, agent?: Agent): Promise<Sent> {
  const { method, path, token, key } = request;
  const body = request.body === undefined ? undefined : JSON.stringify(request.body);
  const sent: Sent = { request, status: undefined, writtenAt: 0, endedAt: 0 };
  return new Promise((end) => {
    const resolve = (what: Sent) => end({ ...what, endedAt: Date.now() });
    const outgoing = httpRequest(new URL(path, gatewayUrl), {
      agent,
      method,
      headers: {
        ...(body !== undefined && {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
        }),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(key !== undefined && { 'idempotency-key': key }),
      },
    });
    outgoing.on('finish', () => (sent.writtenAt = Date.now()));
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      resolve({ ...sent, error: error.code ?? error.message });
    });
    outgoing.on('response', (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', (error) => resolve({ ...sent, error: error.message }));
      incoming.on('end', () => {
        const answer: unknown = JSON.parse(Buffer.concat(chunks).toString());
        resolve({ ...sent, status: incoming.statusCode, body: answer });
      });
    });
    outgoing.end(body);
  });
}

/** Sends requests from `clients` keep-alive connections until stopped; resolves to all of them. */
export function startLoad({ gatewayUrl, sources, clients }: LoadOptions) {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const sent: Sent[] = [];
  let running = true;
  const client = async (source: Source) => {
    let last: Sent | undefined;
    while (running) {
      last = await send(gatewayUrl, source(last), agent);
      sent.push(last);
      // Nobody listens: give the restart a moment of the processor.
      if (last.error) await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const shares = Array.from({ length: clients }, (_, index) => sources[index % sources.length]);
  const clientsEnded = Promise.all(shares.filter((source) => source !== undefined).map(client));
  return {
    sent,
    async stop(): Promise<Sent[]> {
      running = false;
      await clientsEnded;
      agent.destroy();
      return sent;
    },
  };
}

/** Payments of one cent; the description of each is its key. */
export const payments =
  (payer: Customer, payee: Customer): Source =>
  () => {
    const key = randomUUID();
    return {
      kind: 'payment',
      method: 'POST',
      path: '/api/v1/payments',
      token: payer.token,
      key,
      body: {
        toHandle: payee.handle,
        amount: { amount: '1', currency: 'EUR' },
        description: key,
      },
      isAnswer: (body) => (body as { description?: string }).description === key,
    };
  };

/** Looks these people up in turn. */
export function lookUps(asker: Customer, people: Customer[]): Source {
  let asked = 0;
  return () => {
    const handle = people[asked++ % people.length]?.handle ?? '';
    return {
      kind: 'look-up',
      method: 'GET',
      path: `/api/v1/users/${handle}`,
      token: asker.token,
      isAnswer: (body) => (body as { handle?: string }).handle === handle,
    };
  };
}

/** Gives somebody a new name each time. */
export const renamings =
  (person: Customer): Source =>
  () => {
    const displayName = randomUUID();
    return {
      kind: 'renaming',
      method: 'PATCH',
      path: '/api/v1/users/me',
      token: person.token,
      body: { displayName },
      isAnswer: (body) => (body as { displayName?: string }).displayName === displayName,
    };
  };

interface Tokens {
  accessToken?: string;
  refreshToken?: string;
}

/** Whose an access token is, unverified. */
function subjectOf({ accessToken = '' }: Tokens): unknown {
  const claims = Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString();
  return (JSON.parse(claims || '{}') as { sub?: unknown }).sub;
}

/** Signs somebody in, then exchanges the refresh token for another, and from the start. */
export const sessions =
  (person: Customer, password: string): Source =>
  (last) => {
    const { email, userId } = person;
    const isAnswer = (body: unknown) => subjectOf(body as Tokens) === userId;
    const given = (last?.body as Tokens | undefined)?.refreshToken;
    return last?.request.kind === 'login' && isAccepted(last)
      ? {
          kind: 'refresh',
          method: 'POST',
          path: '/api/v1/auth/refresh',
          body: { refreshToken: given },
          isAnswer,
        }
      : {
          kind: 'login',
          method: 'POST',
          path: '/api/v1/auth/login',
          body: { email, password },
          isAnswer,
        };
  };
