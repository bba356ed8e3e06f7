// What the limits cost a request, for `npm run bench -- limits`: prints one line of JSON, microseconds each.
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { openDatabase } from '@quayside/database';
import { testDatabase } from '@quayside/testing';
import type { Request, Response } from 'express';
import { rateLimitsOf } from '../src/domain/rate-limits';
import type { ApiOperation } from '../src/http/document';
import { createLimits, type OperationLimits } from '../src/http/rate-limits';
import { createRateLimiter } from '../src/store/rate-limiter';

const CALLERS = 1_000;
const NEVER_REACHED = 1_000_000_000;
const [IN_MEMORY, SHARED] = [200_000, 5_000];
const AT_ONCE = 32;

const operation = (operationId: string, rateLimit: string): ApiOperation => ({
  ...{ operationId, method: 'post', path: '/', rateLimit },
  access: rateLimit === 'login' ? { kind: 'public' } : { kind: 'user', scopes: ['payments:write'] },
});

/** A request of one of many callers, with an address of its own. */
function requestOf(number: number): { request: Request; response: Response } {
  const request = new IncomingMessage(new Socket());
  const address = `10.0.${number >> 8}.${number & 255}`;
  Object.defineProperty(request, 'ip', { value: address });
  return { request: request as Request, response: new ServerResponse(request) as Response };
}

async function main(): Promise<void> {
  const stored = await testDatabase('gateway', join(__dirname, '../migrations'));
  const database = openDatabase({ url: stored.url, applicationName: 'bench' });
  const limits = rateLimitsOf({
    RATE_LIMIT_ADDRESS: NEVER_REACHED,
    RATE_LIMIT_API: NEVER_REACHED,
    RATE_LIMIT_PAYMENTS: NEVER_REACHED,
    RATE_LIMIT_LOGIN: NEVER_REACHED,
    RATE_LIMIT_REGISTER: NEVER_REACHED,
    RATE_LIMIT_RESET: NEVER_REACHED,
  });
  const limitsOf = createLimits(limits, (limit) => createRateLimiter(limit, 2, database));
  const callers = Array.from({ length: CALLERS }, (_, number) => requestOf(number));

  async function count({ address, user }: OperationLimits, times: number): Promise<void> {
    for (let index = 0; index < times; index += 1) {
      const { request, response } = callers[index % CALLERS]!;
      await address(request, response, '');
      await user?.(request, response, `user-${index % CALLERS}`);
    }
  }

  /** CPU of this process for each of so many requests, after as many unmeasured ones. */
  async function cost(of: OperationLimits, times: number, atOnce: number): Promise<number> {
    const all = () =>
      Promise.all(Array.from({ length: atOnce }, () => count(of, Math.ceil(times / atOnce))));
    await all();
    const before = process.cpuUsage();
    await all();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / times;
  }

  const payment = await cost(limitsOf(operation('createPayment', 'payments')), IN_MEMORY, 1);
  const login = await cost(limitsOf(operation('login', 'login')), SHARED, AT_ONCE);
  console.log(JSON.stringify({ payment, login }));
  await database.close();
  await stored.drop();
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
