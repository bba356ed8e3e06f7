import assert from 'node:assert/strict';
import { once } from 'node:events';
import { get } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { describe, it } from 'node:test';
import express from 'express';
import { createHttpServer } from './server';

/** What Node's server hands over, before Express has seen it. */
async function askOnce(app: express.Express) {
  const prototypes: unknown[] = [];
  const server = createHttpServer(app, {
    host: '127.0.0.1',
    port: 0,
    admit(request, response) {
      prototypes.push(Object.getPrototypeOf(request), Object.getPrototypeOf(response));
      return true;
    },
  });
  const port = await server.listen();
  try {
    const [answer] = (await once(get({ host: '127.0.0.1', port }), 'response')) as [
      IncomingMessage,
    ];
    const text = (await answer.toArray()).join('');
    return { prototypes, status: answer.statusCode, text };
  } finally {
    await server.drain(1_000);
  }
}

describe('the classes of requests and responses', () => {
  it('have the prototypes of the Express app before it is handed them', async () => {
    const app = express();
    app.get('/', (_request, response) => response.json('here'));
    const { prototypes } = await askOnce(app);
    assert.equal(prototypes[0], app.request);
    assert.equal(prototypes[1], app.response);
  });

  it("keep Express's methods, what the app adds to them, and its settings", async () => {
    const app = express();
    app.set('answer', 42);
    Object.assign(app.response, { sayTwice: (text: string) => `${text} ${text}` });
    app.get('/', (request, response) => {
      const { sayTwice } = response as unknown as { sayTwice: (text: string) => string };
      response.status(202).send(sayTwice(`${request.path} ${request.app.get('answer')}`));
    });
    const { status, text } = await askOnce(app);
    assert.deepEqual({ status, text }, { status: 202, text: '/ 42 / 42' });
  });

  it('are the app as well when two servers serve it', async () => {
    const app = express();
    app.get('/', (_request, response) => response.json('here'));
    await askOnce(app);
    const second = await askOnce(app);
    assert.deepEqual([second.status, second.text], [200, '"here"']);
    assert.equal(second.prototypes[0], app.request);
  });
});
