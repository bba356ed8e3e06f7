import assert from 'node:assert/strict';
import { once } from 'node:events';
import { constants, createServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { describe, test, type TestContext } from 'node:test';
import { startClient } from './fixture';

/** An HTTP/2 server that refuses so many streams, as one that ends its connection does, and answers others NOT_FOUND. */
async function startRefusing(t: TestContext, times: number) {
  const counted = { streams: 0 };
  const server = createServer().listen(0, '127.0.0.1');
  server.on('stream', (stream) => {
    // Node tells the side that refuses, too.
    stream.on('error', () => undefined);
    counted.streams += 1;
    if (counted.streams <= times) {
      stream.close(constants.NGHTTP2_REFUSED_STREAM);
      return;
    }
    const headers = { ':status': 200, 'content-type': 'application/grpc', 'grpc-status': '5' };
    stream.respond(headers, { endStream: true });
  });
  server.on('session', (session) => t.after(() => session.destroy()));
  await once(server, 'listening');
  t.after(() => server.close());
  const client = startClient(t, `127.0.0.1:${(server.address() as AddressInfo).port}`);
  return { client, counted };
}

describe('a call that the other end refused to begin', () => {
  test('is sent again, whatever its method: it was not handled', async (t) => {
    const { client, counted } = await startRefusing(t, 5);
    await assert.rejects(client.Login({}), { code: 'not_found' });
    assert.equal(counted.streams, 6);
  });

  test('fails when it is refused again and again', async (t) => {
    const { client, counted } = await startRefusing(t, Infinity);
    await assert.rejects(client.Login({}), { code: 'unavailable' });
    assert.ok(counted.streams >= 5 && counted.streams <= 10, `${counted.streams} attempts`);
  });

  test('is not sent again when its deadline is near', async (t) => {
    const { client, counted } = await startRefusing(t, Infinity);
    await assert.rejects(client.Login({}, { deadline: new Date(Date.now() + 30) }));
    assert.ok(counted.streams < 10);
  });
});
