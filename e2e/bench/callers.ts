// Callers of payments over gRPC, a process of its own: reads one job from its parent, answers with one result, ends.
import { randomUUID } from 'node:crypto';
import { credentials, makeGenericClientConstructor, Metadata } from '@grpc/grpc-js';
import { services, type payments } from '@quayside/contracts';
import type { LoadResult } from './generator';

/** A closed loop of payments. */
export interface CallersJob {
  address: string;
  callers: number;
  seconds: number;
  /** Goes on until so many were sent, however long that takes. */
  atLeast?: number;
  /** Of the payers, by number; they pay in turn. */
  tokens: string[];
  /** One account, not among the payers, receives from all. */
  hot: boolean;
}

const below = (limit: number) => Math.floor(Math.random() * limit);

function connect(address: string) {
  const Client = makeGenericClientConstructor(
    { CreatePayment: services.payments.CreatePayment },
    'Callers',
  );
  const client = new Client(address, credentials.createInsecure());
  return client as unknown as payments.PaymentsServiceClient;
}

async function run(job: CallersJob): Promise<LoadResult> {
  const { address, callers, seconds, atLeast = 0, tokens, hot } = job;
  const client = connect(address);
  const headers = tokens.map((token) => {
    const metadata = new Metadata();
    metadata.set('authorization', `Bearer ${token}`);
    return metadata;
  });
  const latencies: number[] = [];
  let refused = 0;
  let sent = 0;

  function pay(): Promise<void> {
    const payer = 1 + (sent++ % (tokens.length - 1));
    const payee = hot ? 0 : (payer + 1 + below(tokens.length - 1)) % tokens.length;
    const request = {
      idempotencyKey: randomUUID(),
      toHandle: `fleet${payee + 1}`,
      amount: { amount: '1', currency: 'EUR' },
      description: 'lunch',
    };
    const started = performance.now();
    return new Promise((resolve) => {
      const deadline = Date.now() + 10_000;
      client.CreatePayment(request, headers[payer] as Metadata, { deadline }, (error) => {
        if (error) refused += 1;
        else latencies.push(performance.now() - started);
        resolve();
      });
    });
  }

  const cpuBefore = process.cpuUsage();
  const startedAt = performance.now();
  const end = startedAt + seconds * 1000;
  const loop = async () => {
    while (performance.now() < end || sent < atLeast) await pay();
  };
  await Promise.all(Array.from({ length: callers }, loop));
  const cpu = process.cpuUsage(cpuBefore);
  client.close();
  latencies.sort((a, b) => a - b);
  const percentile = (share: number) => latencies[Math.floor(latencies.length * share)] ?? 0;
  return {
    perSecond: latencies.length / ((performance.now() - startedAt) / 1000),
    ok: latencies.length,
    refused,
    errors: 0,
    p50: percentile(0.5),
    p95: percentile(0.95),
    p99: percentile(0.99),
    generatorCpuSeconds: (cpu.user + cpu.system) / 1e6,
  };
}

process.once('message', (job: CallersJob) => {
  void run(job).then((result) => {
    process.send?.(result, () => process.disconnect());
  });
});
