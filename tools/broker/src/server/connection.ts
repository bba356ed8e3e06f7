import type { Socket } from 'node:net';
import { apis } from '../api';
import type { Api, Call } from '../api/api';
import { apiVersions, unsupportedApiVersions } from '../api/api-versions';
import { malformed, MalformedError } from '../protocol/errors';
import { Reader } from '../protocol/reader';
import { schema, skipTaggedFields } from '../protocol/schema';
import type { BrokerState } from '../state';
import { readFrames } from './frames';

/** A client's connection, as far as stopping the server needs to know it. */
export interface Connection {
  readonly socket: Socket;
  isBusy: boolean;
  /** Settles when the connection has ended; never rejects. */
  ended: Promise<void>;
}

type Peer = Pick<Call, 'broker' | 'clientHost' | 'address'>;

const requestHeader = schema('key:int16 version:int16 correlationId:int32');
const clientHeader = schema('clientId:?string');
const responseHeader = schema('correlationId:int32');

/**
 * Serves a connection. One request at a time, as Kafka does it: responses are in order, and a client
 * that sends ahead or does not read its answers fills its own socket buffers, not our memory.
 */
export function serveConnection(socket: Socket, broker: BrokerState): Connection {
  const connection = { socket, isBusy: false, ended: Promise.resolve() };
  socket.setNoDelay(true);
  // Reading reports errors; one that comes later must not become an uncaught exception.
  socket.on('error', () => undefined);
  socket.setTimeout(broker.settings.idleTimeoutMs, () => socket.destroy());
  connection.ended = serve(connection, broker)
    .catch((error: unknown) => report(error, socket, broker))
    .finally(() => socket.destroy());
  return connection;
}

async function serve(connection: Connection, broker: BrokerState): Promise<void> {
  const { socket } = connection;
  // Listening on every interface, only the client's own way in is sure to work for it.
  const { host, maxRequestBytes } = broker.settings;
  const isWildcard = host === '0.0.0.0' || host === '::';
  const peer: Peer = {
    broker,
    clientHost: `/${socket.remoteAddress ?? ''}`,
    address: {
      host: isWildcard ? (socket.localAddress ?? host) : host,
      port: socket.localPort ?? 0,
    },
  };
  for await (const frame of readFrames(socket, maxRequestBytes)) {
    connection.isBusy = true;
    const response = await answer(frame, peer);
    if (response) await send(socket, response);
    connection.isBusy = false;
    if (broker.stopping.aborted) return;
  }
}

/**
 * Answers one frame; undefined if there is nothing to send. Throws MalformedError for what has no
 * answer in the protocol: its connection is to be closed.
 */
async function answer(frame: Buffer, peer: Peer): Promise<Buffer | undefined> {
  const reader = new Reader(frame);
  const { key, version, correlationId } = requestHeader.read(reader, 0);
  const api = apis.get(key) ?? malformed(`unknown API ${key}`);
  if (version < api.minVersion || version > api.maxVersion) {
    if (key !== apiVersions.key) malformed(`unsupported version ${version} of ${api.name}`);
    return encode(apiVersions, 0, correlationId, unsupportedApiVersions);
  }
  const clientId = clientHeader.read(reader, 0).clientId ?? '';
  // The only "flexible" request there is: its header has tagged fields too.
  if (key === apiVersions.key && version >= 3) skipTaggedFields(reader);
  const request = api.request.read(reader, version);
  const body = await api.handle(request, { ...peer, apis, version, clientId });
  return body === undefined ? undefined : encode(api, version, correlationId, body);
}

function encode(api: Api, version: number, correlationId: number, body: object): Buffer {
  const parts: Buffer[] = [];
  responseHeader.write(parts, { correlationId }, version);
  api.response.write(parts, body, version);
  const size = Buffer.alloc(4);
  size.writeInt32BE(parts.reduce((sum, part) => sum + part.length, 0));
  return Buffer.concat([size, ...parts]);
}

/** Resolves when the operating system has taken the response; a slow reader is waited for here. */
function send(socket: Socket, response: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.write(response, (error) => (error ? reject(error) : resolve()));
  });
}

function report(error: unknown, { remoteAddress, remotePort }: Socket, broker: BrokerState): void {
  const peer = `${remoteAddress ?? '?'}:${remotePort ?? '?'}`;
  if (error instanceof MalformedError) broker.settings.log(`closed ${peer}: ${error.message}`);
  else if (!isDisconnect(error)) {
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
    broker.settings.log(`closed ${peer}: ${what}`);
  }
}

function isDisconnect(error: unknown): boolean {
  const code = (error as { code?: unknown } | undefined)?.code;
  return ['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE', 'ABORT_ERR'].includes(String(code));
}
