import type { Socket } from 'node:net';
import { apis } from '../api';
import type { Api, Call } from '../api/api';
import { apiVersions, unsupportedApiVersions } from '../api/api-versions';
import { malformed, MalformedError } from '../protocol/errors';
import { Reader } from '../protocol/reader';
import { schema, skipTaggedFields } from '../protocol/schema';
import { Writer } from '../protocol/writer';
import type { BrokerState } from '../state';
import { readFrames, SIZE_BYTES } from './frames';

const requestHeader = schema('key:int16 version:int16 correlationId:int32');
const clientHeader = schema('clientId:?string');
const responseHeader = schema('size:int32 correlationId:int32');
/** What a peer that has gone away looks like. */
const DISCONNECTS = new Set(['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE', 'ABORT_ERR']);

/** A client's connection, as far as stopping the server needs to know it. */
export interface Connection {
  readonly socket: Socket;
  isBusy: boolean;
}

type Peer = Pick<Call, 'broker' | 'clientHost' | 'address'>;

/**
 * Serves a connection. One request at a time, as in Kafka: responses are in order, and a client
 * that sends ahead or does not read its answers fills its own socket buffers, not our memory.
 */
export function serveConnection(socket: Socket, broker: BrokerState): Connection {
  const { idleTimeoutMs, host, log } = broker.settings;
  const { localAddress = host, localPort: port = 0, remoteAddress = '', remotePort } = socket;
  // Reading reports errors; one that comes later must not become an uncaught exception.
  socket.on('error', () => undefined);
  socket.setTimeout(idleTimeoutMs, () => socket.destroy());
  // Listening on every interface, only the client's own way in is sure to work for it.
  const isWildcard = host === '0.0.0.0' || host === '::';
  const address = { host: isWildcard ? localAddress : host, port };
  const connection = { socket, isBusy: false };
  serve(connection, { broker, clientHost: `/${remoteAddress}`, address })
    .catch((error: unknown) => {
      const { code = '', message, stack } = error as NodeJS.ErrnoException;
      const why = error instanceof MalformedError ? message : stack;
      if (!DISCONNECTS.has(code)) log(`closed ${remoteAddress}:${remotePort}: ${why}`);
    })
    .finally(() => socket.destroy());
  return connection;
}

async function serve(connection: Connection, peer: Peer): Promise<void> {
  const { settings, stopping } = peer.broker;
  for await (const frame of readFrames(connection.socket, settings.maxRequestBytes)) {
    connection.isBusy = true;
    const response = await answer(frame, peer);
    if (response) await send(connection.socket, response);
    connection.isBusy = false;
    if (stopping.aborted) return;
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
  // Only now: what follows in the header of an unknown version is unknown, too.
  const clientId = clientHeader.read(reader, 0).clientId ?? '';
  // The only "flexible" request there is: its header has tagged fields too.
  if (key === apiVersions.key && version >= 3) skipTaggedFields(reader);
  const request = api.request.read(reader, version);
  const body = await api.handle(request, { ...peer, apis, version, clientId });
  return body && encode(api, version, correlationId, body);
}

function encode(api: Api, version: number, correlationId: number, body: object): Buffer {
  const writer = new Writer();
  responseHeader.write(writer, { correlationId }, 0);
  api.response.write(writer, body, version);
  const { bytes } = writer;
  bytes.writeInt32BE(bytes.length - SIZE_BYTES);
  return bytes;
}

/** Resolves when the operating system has taken the response; a slow reader is waited for here. */
function send(socket: Socket, response: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.write(response, (error) => (error ? reject(error) : resolve()));
  });
}
