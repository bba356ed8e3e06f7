import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { Api } from '../src/api/api';
import type { Loose } from '../src/protocol/message-type';
import { Reader } from '../src/protocol/reader';
import { schema } from '../src/protocol/schema';
import { Writer } from '../src/protocol/writer';

const header = schema('key:int16 version:int16 correlationId:int32 clientId:?string');
const CLIENT_ID = 'wire-client';

/** A bare client: what it sends is exactly what the test says. */
export class WireClient {
  private received: Buffer = Buffer.alloc(0);
  private correlationId = 0;
  private wake: () => void = () => undefined;

  private constructor(readonly socket: Socket) {
    socket.on('data', (chunk: Buffer) => {
      this.received = Buffer.concat([this.received, chunk]);
      this.wake();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => this.wake());
  }

  static async connect(address: string): Promise<WireClient> {
    const [host = '', port = ''] = address.split(':');
    const socket = connect(Number(port), host);
    await once(socket, 'connect');
    return new WireClient(socket);
  }

  /** Sends a request and returns its response. Throws if the connection is closed instead. */
  async call<Q, A>(api: Api<Q, A>, version: number, request: Loose<Q>): Promise<A> {
    this.send(api, version, request);
    const reader = await this.response();
    if (!reader) throw new Error(`${api.name} closed the connection`);
    return api.response.read(reader, version);
  }

  send<Q>(api: Api<Q>, version: number, request: Loose<Q>): void {
    const body = new Writer();
    api.request.write(body, request, version);
    this.sendRaw(api.key, version, body.bytes);
  }

  sendRaw(key: number, version: number, body: Uint8Array = Buffer.alloc(0)): void {
    this.correlationId += 1;
    const writer = new Writer();
    const { correlationId } = this;
    header.write(writer, { key, version, correlationId, clientId: CLIENT_ID }, 0);
    writer.raw(body);
    this.sendFrame(writer.bytes);
  }

  sendFrame(frame: Buffer): void {
    const size = Buffer.alloc(4);
    size.writeInt32BE(frame.length);
    this.socket.write(Buffer.concat([size, frame]));
  }

  /** The next response, its correlation id taken off; undefined if the connection was closed. */
  async response(): Promise<Reader | undefined> {
    for (;;) {
      const size = this.received.length >= 4 ? this.received.readInt32BE(0) + 4 : Infinity;
      if (this.received.length >= size) {
        const frame = this.received.subarray(8, size);
        this.received = this.received.subarray(size);
        return new Reader(frame);
      }
      if (this.socket.closed) return undefined;
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
  }

  async untilClosed(): Promise<void> {
    if (!this.socket.closed) await once(this.socket, 'close');
  }

  close(): void {
    this.socket.destroy();
  }
}
