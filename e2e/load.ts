import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import type { Customer } from './customer';

/** What became of one payment that was sent. */
export interface Sent {
  key: string;
  /** HTTP status, or undefined when the connection ended without an answer. */
  status: number | undefined;
  /** Milliseconds since the epoch at which the whole request had been written. */
  writtenAt: number;
  paymentId?: string;
  error?: string;
}

interface LoadOptions {
  gatewayUrl: string;
  payer: Customer;
  payee: Customer;
  clients: number;
}

function sendPayment(agent: Agent, { gatewayUrl, payer, payee }: LoadOptions): Promise<Sent> {
  const body = JSON.stringify({
    toHandle: payee.handle,
    amount: { amount: '1', currency: 'EUR' },
    description: 'lunch',
  });
  const sent: Sent = { key: randomUUID(), status: undefined, writtenAt: 0 };
  return new Promise((resolve) => {
    const outgoing = request(new URL('/api/v1/payments', gatewayUrl), {
      agent,
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        authorization: `Bearer ${payer.token}`,
        'idempotency-key': sent.key,
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
        const { paymentId } = JSON.parse(Buffer.concat(chunks).toString()) as {
          paymentId?: string;
        };
        resolve({ ...sent, status: incoming.statusCode, paymentId });
      });
    });
    outgoing.end(body);
  });
}

/** Sends payments of one cent from `clients` keep-alive connections until stopped; resolves to all of them. */
export function startLoad(options: LoadOptions) {
  const agent = new Agent({ keepAlive: true, maxSockets: options.clients });
  const sent: Sent[] = [];
  let running = true;
  const client = async () => {
    while (running) {
      const outcome = await sendPayment(agent, options);
      sent.push(outcome);
      // Nobody listens: give the restart a moment of the processor.
      if (outcome.error) await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const clients = Promise.all(Array.from({ length: options.clients }, client));
  return {
    sent,
    async stop(): Promise<Sent[]> {
      running = false;
      await clients;
      agent.destroy();
      return sent;
    },
  };
}
