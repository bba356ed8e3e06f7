import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A webhook as it arrived. */
export interface Webhook {
  body: string;
  signature: string;
}

/** A merchant's end: notes what arrives and answers with what `answer` gives, 204 by default. */
export async function webhookReceiver(answer: (count: number) => number = () => 204) {
  const webhooks: Webhook[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      webhooks.push({ body, signature: String(request.headers['card-processor-signature']) });
      response.writeHead(answer(webhooks.length)).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    webhooks,
    url: `http://127.0.0.1:${port}/`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
