import { QuaysideError } from '@quayside/errors';
import { createHttpApp } from '@quayside/http';
import type { Express, Response } from 'express';
import { Router } from 'express';
import type { Book } from '../domain/book';
import type { Processor } from '../domain/processor';
import type { Charge } from '../domain/records';
import { chargeBody, checked, keyOf, pageQuery, refundBody, tokenBody } from './bodies';
import { onlyMerchants } from './merchants';

/** What the API stands on. */
export interface ProcessorApp {
  processor: Processor;
  book: Book;
  apiKey: string;
  draining: AbortSignal;
}

/** The token says what happens to the card: that stays inside. */
const chargeJson = ({ chargeId, key, amount, currency, status, createdAt }: Charge) => ({
  ...{ chargeId, key, amount, currency, status, createdAt },
});

function found<T>(thing: T | undefined, what: string): T {
  if (thing !== undefined) return thing;
  throw new QuaysideError('not_found', `There is no such ${what}.`);
}

/** One page, oldest first: what is listed once stays where it is. */
function page<T extends { createdAt: string }>(listed: readonly T[], query: unknown) {
  const { cursor, limit, createdFrom } = checked(pageQuery, query);
  const from = createdFrom === undefined ? undefined : new Date(createdFrom);
  const all = from ? listed.filter(({ createdAt }) => new Date(createdAt) >= from) : listed;
  const end = cursor + limit;
  return { items: all.slice(cursor, end), nextCursor: end < all.length ? String(end) : null };
}

/** Keeps silent until the caller gives up, or until the drain. */
function keepSilent(response: Response, draining: AbortSignal): void {
  const hangUp = () => void response.destroy();
  draining.addEventListener('abort', hangUp, { once: true });
  response.once('close', () => draining.removeEventListener('abort', hangUp));
}

function merchantRoutes({ processor, book, draining }: ProcessorApp): Router {
  const router = Router();
  router.post('/charges', async (request, response) => {
    const { notAfter, ...order } = checked(chargeBody, request.body);
    const made = await processor.charge({
      ...order,
      key: keyOf(request),
      ...(notAfter !== undefined && { notAfter: new Date(notAfter) }),
    });
    if (!made) keepSilent(response, draining);
    else if (made.delivery === 'lost') response.destroy();
    else response.status(201).json(chargeJson(made.charge));
  });
  router.get('/charges', (request, response) => {
    const { items, nextCursor } = page(book.charges, request.query);
    response.json({ items: items.map(chargeJson), nextCursor });
  });
  router.get('/charges/:chargeId', (request, response) => {
    response.json(chargeJson(found(book.charge(request.params.chargeId), 'charge')));
  });
  router.get('/charge-keys/:key', (request, response) => {
    response.json(chargeJson(found(book.chargeOf(request.params.key), 'charge')));
  });
  router.post('/refunds', async (request, response) => {
    const order = { ...checked(refundBody, request.body), key: keyOf(request) };
    response.status(201).json(await processor.refund(order));
  });
  router.get('/refunds', (request, response) => {
    response.json(page(book.refunds, request.query));
  });
  router.get('/refund-keys/:key', (request, response) => {
    response.json(found(book.refundOf(request.params.key), 'refund'));
  });
  return router;
}

/** The HTTP API: tokens for whoever has a card, the rest for merchants. */
export function createProcessorApp(parts: ProcessorApp): Express {
  return createHttpApp({
    configure(app) {
      app.post('/v1/tokens', async (request, response) => {
        const { number } = checked(tokenBody, request.body);
        const { token, last4 } = await parts.processor.tokenize(number);
        response.status(201).json({ token, last4 });
      });
      app.use('/v1', onlyMerchants(parts.apiKey), merchantRoutes(parts));
    },
  });
}
