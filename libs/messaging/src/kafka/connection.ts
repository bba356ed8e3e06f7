import net, { type Socket } from 'node:net';
import tls from 'node:tls';
import { Kafka, logLevel, type ISocketFactory } from 'kafkajs';
import { within } from '../bounded';
import { tlsOptions, type KafkaTls } from './certificates';
import { logCreator } from './log';
import { restWhenIdle } from './quiet-queue';

/** Where Kafka is. Nothing is connected until it is used. */
export interface KafkaConnection {
  readonly brokers: readonly string[];
  readonly clientId: string;
  /** Unset: plain text. */
  readonly tls?: KafkaTls;
  /** Rejects when no broker answers within three seconds. */
  ping(): Promise<void>;
  /** Cuts every connection that is still open. Stop relay and consumers first. */
  close(): Promise<void>;
}

/** A producer, consumer or admin of kafkajs. */
export interface Disconnectable {
  disconnect(): Promise<void>;
}

/** One kafkajs client whose sockets are in our hands. */
export interface KafkaClient {
  readonly kafka: Kafka;
  /** Disconnects `part`, and after `timeoutMs` cuts whatever is left: kafkajs's own disconnect can hang. */
  close(part: Disconnectable, timeoutMs?: number): Promise<void>;
  /** Cuts its connections at once and makes no new ones. */
  destroy(): void;
}

restWhenIdle();

const CONNECTION_TIMEOUT_MS = 3_000;
const REQUEST_TIMEOUT_MS = 10_000;
const PING_TIMEOUT_MS = 3_000;
const KEEP_ALIVE_MS = 60_000;
const DISCONNECT_TIMEOUT_MS = 1_000;

/** Few and short: what lasts longer is waited for by the relay and the consumers, which have heartbeats to send. */
const retry = { initialRetryTime: 100, maxRetryTime: 1_000, retries: 3 };

const openClients = new WeakMap<KafkaConnection, Set<KafkaClient>>();

function connect(
  { host, port, onConnect }: Parameters<ISocketFactory>[0],
  files: KafkaTls | undefined,
): Socket {
  if (!files) return net.connect({ host, port }, onConnect);
  const servername = net.isIP(host) ? {} : { servername: host };
  return tls.connect({ host, port, ...servername, ...tlsOptions(files) }, onConnect);
}

/** Given to a cut socket, so that kafkajs rejects what waits for an answer on it. */
const closed = () => new Error('The client was closed');

function trackSockets(files: KafkaTls | undefined) {
  const sockets = new Set<Socket>();
  let destroyed = false;
  const socketFactory: ISocketFactory = (options) => {
    const socket = connect(options, files);
    socket.setKeepAlive(true, KEEP_ALIVE_MS);
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    if (destroyed) socket.destroy(closed());
    return socket;
  };
  const destroy = (error?: Error) => {
    destroyed = true;
    for (const socket of sockets) {
      socket.destroy(error);
      // A connection made while its client disconnects is known to nobody else: without a word of its end kafkajs
      // would look after its requests, ten times a second, for ever.
      if (!error) socket.emit('end');
    }
  };
  return { socketFactory, destroy };
}

/** A kafkajs client of its own for one relay, consumer or admin job. Destroy it when done. */
export function openClient(connection: KafkaConnection): KafkaClient {
  const { socketFactory, destroy } = trackSockets(connection.tls);
  const kafka = new Kafka({
    brokers: [...connection.brokers],
    clientId: connection.clientId,
    connectionTimeout: CONNECTION_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    retry,
    socketFactory,
    logCreator,
    logLevel: logLevel.INFO,
  });
  const open = openClients.get(connection);
  const end = (error?: Error) => {
    open?.delete(client);
    destroy(error);
  };
  const client: KafkaClient = {
    kafka,
    destroy: () => end(closed()),
    close: (part, timeoutMs = DISCONNECT_TIMEOUT_MS) =>
      within(timeoutMs, 'Disconnecting from Kafka', part.disconnect()).then(
        () => end(),
        () => end(closed()),
      ),
  };
  open?.add(client);
  return client;
}

/** Describes where Kafka is. `clientId` is the service's name. */
export function createKafka(
  options: Pick<KafkaConnection, 'brokers' | 'clientId' | 'tls'>,
): KafkaConnection {
  const connection: KafkaConnection = {
    ...options,
    ping: async () => {
      const client = openClient(connection);
      const admin = client.kafka.admin();
      try {
        await within(PING_TIMEOUT_MS, 'Reaching Kafka', admin.connect());
      } finally {
        await client.close(admin);
      }
    },
    close: () => {
      openClients.get(connection)?.forEach((client) => client.destroy());
      return Promise.resolve();
    },
  };
  openClients.set(connection, new Set());
  return connection;
}
