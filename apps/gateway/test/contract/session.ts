// One gateway for the whole contract test, and what calls it: every answer is held against openapi.yaml.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { createContract } from '@quayside/testing';
import request, { type Test } from 'supertest';
import { v7 as uuidv7 } from 'uuid';
import { operationsOf, type ApiOperation } from '../../src/http/document';
import { startGateway, type TestGateway } from '../gateway';

export const webhookSecret = 'the key by which webhooks are signed now';
export const oldWebhookSecret = 'the key by which they were signed before';

export let gateway: TestGateway;
export let contract: ReturnType<typeof createContract<ApiOperation>>;
before(async () => {
  gateway = await startGateway({
    CARD_PROCESSOR_WEBHOOK_SECRET: webhookSecret,
    CARD_PROCESSOR_WEBHOOK_SECRET_OLD: oldWebhookSecret,
  });
  contract = createContract(gateway.document, operationsOf(gateway.document));
});
after(() => gateway.stop());

/** An operation of the document. */
export const known = (id: string): ApiOperation => {
  const found = contract.operations.find(({ operationId }) => operationId === id);
  assert.ok(found, `openapi.yaml has no ${id}`);
  return found;
};

interface Call {
  path?: Record<string, string>;
  query?: object;
  body?: unknown;
  token?: string;
  headers?: Record<string, string>;
}

export function prepare(
  operation: ApiOperation,
  { path = {}, query, token, headers = {} }: Call,
  at = gateway.url,
): Test {
  const url = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => path[name] ?? uuidv7());
  const prepared = request(at)[operation.method](url);
  if (query) prepared.query(query);
  if (token) prepared.set('authorization', `Bearer ${token}`);
  return prepared.set(headers);
}

export async function call(id: string, options: Call = {}) {
  const operation = known(id);
  const prepared = prepare(operation, options);
  const answer = await (options.body === undefined
    ? prepared
    : prepared.send(options.body as object));
  return contract.verify(operation, answer);
}

export const key = (value: string = uuidv7()) => ({ 'idempotency-key': value });
export const eur = (amount: string) => ({ amount, currency: 'EUR' });

export function newcomer(name: string) {
  const handle = `${name}_${uuidv7().slice(-8)}`;
  const email = `${handle}@example.com`;
  return { email, password: 'correct horse battery', handle, displayName: name };
}

export async function signUp(name: string) {
  const body = newcomer(name);
  const answer = await call('register', { body, headers: { prefer: 'wait=5' } });
  assert.equal(answer.status, 201);
  return {
    ...body,
    ...(answer.body as { userId: string; accessToken: string; refreshToken: string }),
  };
}
