import { metrics, withSpan } from '@quayside/telemetry';
import CircuitBreaker from 'opossum';
import { z } from 'zod';
import { Unanswered, type CardProcessor } from './processor';

/** Where the processor is, and who we are to it. */
export interface ProcessorClientOptions {
  url: string;
  apiKey: string;
  /** How long an answer is waited for. */
  timeoutMs: number;
}

const charge = z.object({
  chargeId: z.string().min(1),
  key: z.string(),
  amount: z.string(),
  currency: z.string(),
  status: z.enum(['succeeded', 'declined']),
  createdAt: z.string(),
});

const refund = z.object({
  refundId: z.string().min(1),
  key: z.string(),
  chargeId: z.string(),
  amount: z.string(),
  currency: z.string(),
  createdAt: z.string(),
});

const pageOf = <T>(item: z.ZodType<T>) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });

/** Answers that say for good that nothing was done. Any other one may be due to us, or to the moment. */
const REFUSED = 422;
const NOT_FOUND = 404;

interface Call {
  operation: 'charge' | 'find_charge' | 'refund' | 'list';
  path: string;
  key?: string;
  body?: object;
}

const duration = () =>
  metrics.histogram(
    'payments_card_processor_request_duration_seconds',
    'Duration of requests to the card processor, by what came of them.',
    ['operation', 'outcome'],
  );

/** Stops calling a processor that does not answer, and probes whether it has come back. */
const breakerOf = () =>
  new CircuitBreaker((call: () => Promise<Response>) => call(), {
    timeout: false, // the requests have their own
    errorThresholdPercentage: 50,
    volumeThreshold: 10,
    resetTimeout: 2_000,
    rollingCountTimeout: 10_000,
    rollingPercentilesEnabled: false,
    enableSnapshots: false,
  });

/** A client of the card processor's HTTP API. */
export function createProcessorClient(options: ProcessorClientOptions): CardProcessor {
  const { url, apiKey, timeoutMs } = options;
  const breaker = breakerOf();

  async function request({ path, key, body }: Call): Promise<Response> {
    const response = await fetch(new URL(path, url), {
      method: body ? 'POST' : 'GET',
      headers: {
        authorization: `Bearer ${apiKey}`,
        ...(key !== undefined && { 'idempotency-key': key }),
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(timeoutMs),
      redirect: 'error',
    });
    if (response.status < 500) return response;
    throw new Unanswered(`The card processor answered ${response.status}.`);
  }

  /** The answer, `undefined` for a 404, or `refused`. */
  function ask<T>(call: Call, shape: z.ZodType<T>): Promise<T | 'refused' | undefined> {
    const started = performance.now();
    const note = (outcome: 'answered' | 'refused' | 'unanswered') =>
      duration().observe(
        { operation: call.operation, outcome },
        (performance.now() - started) / 1000,
      );
    return withSpan(`card processor ${call.operation}`, {}, async () => {
      try {
        const response = await breaker.fire(() => request(call));
        const answer = await readAnswer(response, shape);
        note(answer === 'refused' ? 'refused' : 'answered');
        return answer;
      } catch (cause) {
        note('unanswered');
        if (cause instanceof Unanswered) throw cause;
        // Also for an answer that cannot be understood: something may have been done.
        throw new Unanswered('The card processor has not answered.', { cause });
      }
    });
  }

  /** Of a call that has no 404. */
  async function answered<T>(call: Call, shape: z.ZodType<T>): Promise<T | 'refused'> {
    const answer = await ask(call, shape);
    if (answer === undefined) throw new Unanswered('The card processor answered 404.');
    return answer;
  }

  async function listAll<T>(path: string, from: Date, item: z.ZodType<T>): Promise<T[]> {
    const all: T[] = [];
    for (let cursor: string | null = '0'; cursor !== null;) {
      const call: Call = {
        operation: 'list',
        path: `${path}?limit=500&cursor=${cursor}&createdFrom=${from.toISOString()}`,
      };
      const page = await answered(call, pageOf(item));
      if (page === 'refused') throw new Unanswered('The card processor refused to list.');
      all.push(...page.items);
      cursor = page.nextCursor;
    }
    return all;
  }

  return {
    charge: ({ key, cardToken, amount, currency, notAfter }) => {
      const body = {
        ...{ token: cardToken, amount: amount.toString(), currency },
        notAfter: notAfter.toISOString(),
      };
      return answered({ operation: 'charge', path: '/v1/charges', key, body }, charge);
    },
    async findCharge(key) {
      const path = `/v1/charge-keys/${encodeURIComponent(key)}`;
      const found = await ask({ operation: 'find_charge', path }, charge);
      if (found === 'refused') throw new Unanswered('The card processor refused to look.');
      return found;
    },
    refund: ({ key, chargeId, amount }) => {
      const body = { chargeId, amount: amount.toString() };
      return answered({ operation: 'refund', path: '/v1/refunds', key, body }, refund);
    },
    async list(createdFrom) {
      // Refunds first: each is of a charge that the later list has.
      const refunds = await listAll('/v1/refunds', createdFrom, refund);
      return { charges: await listAll('/v1/charges', createdFrom, charge), refunds };
    },
    close: () => breaker.shutdown(),
  };
}

async function readAnswer<T>(
  response: Response,
  shape: z.ZodType<T>,
): Promise<T | 'refused' | undefined> {
  const text = await response.text();
  if (response.status === NOT_FOUND) return undefined;
  if (response.status === REFUSED) return 'refused';
  if (!response.ok) throw new Unanswered(`The card processor answered ${response.status}.`);
  return shape.parse(JSON.parse(text));
}
