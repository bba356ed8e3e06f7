import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Reader } from '../src/protocol/reader';
import { Writer } from '../src/protocol/writer';

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

  /** Sends a request and returns its response body, or undefined if the connection was closed. */
  async request(
    key: number,
    version: number,
    body: (writer: Writer) => Writer,
  ): Promise<Reader | undefined> {
    this.send(key, version, body);
    return this.response();
  }

  send(key: number, version: number, body: (writer: Writer) => Writer): void {
    const header = new Writer()
      .int16(key)
      .int16(version)
      .int32((this.correlationId += 1));
    this.sendFrame(Buffer.concat(body(header.nullableString('wire-client')).finish()));
  }

  sendFrame(frame: Buffer): void {
    this.socket.write(Buffer.concat(new Writer().bytes(frame).finish()));
  }

  /** The next response, its correlation id taken off. */
  async response(): Promise<Reader | undefined> {
    for (;;) {
      const size = this.received.length >= 4 ? this.received.readInt32BE(0) + 4 : Infinity;
      if (this.received.length >= size) {
        const frame = this.received.subarray(4, size);
        this.received = this.received.subarray(size);
        const reader = new Reader(frame);
        reader.int32();
        return reader;
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
