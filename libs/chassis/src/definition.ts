import type { ConsumerGroup } from '@quayside/contracts';
import type { Database } from '@quayside/database';
import type { Admit } from '@quayside/http';
import type { ServiceTokens, TokenVerifier } from '@quayside/identity';
import type { ConsumerHandlers, KafkaConnection } from '@quayside/messaging';
import type { RpcService } from '@quayside/rpc';
import type { Logger } from '@quayside/telemetry';
import type { Express } from 'express';
import type { z } from 'zod';
import type { Clients } from './clients';
import type { Job } from './jobs';
import type { Part, Settings } from './settings';

/** What a service consists of; `build` returns it and the chassis runs it. */
export interface ServiceParts {
  /** gRPC services to serve on GRPC_PORT. */
  rpc?: RpcService[];
  /** The public HTTP app to serve on HTTP_PORT. */
  http?: Express;
  /** Lets HTTP requests in, or turns them away before anything is done for them. Default: all are let in. */
  admit?: Admit;
  /** What is consumed, one entry per consumer group. */
  consumers?: ConsumerDefinition[];
  /** `true` when the service writes events to its outbox: a relay sends them. */
  outbox?: boolean;
  /** Work done again and again. */
  jobs?: Job[];
  /** Verifies user tokens instead of the chassis's verifier; auth has the keys itself. */
  verifier?: TokenVerifier;
  /** Runs once, when the service has become ready. */
  onReady?(): void;
  /** Runs in the drain, after requests and consumers and before the database is closed. */
  close?(): Promise<void>;
}

/** One consumer group and what it does with each event. */
export interface ConsumerDefinition {
  group: ConsumerGroup;
  handlers: ConsumerHandlers;
}

/** What `build` gets. Opened things are closed by the chassis. */
export interface ServiceContext<Shape extends z.ZodRawShape> {
  /** The service's own settings and those every service has. */
  settings: Settings<Shape>;
  logger: Logger;
  /** The service's own database, reached and migrated. Throws for a service without one. */
  readonly database: Database;
  /** Throws for a service without Kafka. */
  readonly kafka: KafkaConnection;
  /** Proves to other services which service this is. */
  serviceTokens: ServiceTokens;
  /** Verifies user tokens with the keys that auth publishes. */
  verifier: TokenVerifier;
  /** A client of another service, at `<NAME>_ADDRESS`; closed in the drain. */
  clients: Clients;
  /** Aborted when the drain ends streams (Server-Sent Events and the like). */
  draining: AbortSignal;
}

/** A service, as its `service.ts` describes it. */
export interface ServiceDefinition<Shape extends z.ZodRawShape = z.ZodRawShape> {
  /** Its name in logs, traces, service tokens and settings. */
  name: string;
  /** Its own settings, by environment name. */
  settings: Shape;
  /** What it does not have; everything else is opened for it. Without `identity` it knows neither users nor services. */
  without?: readonly Part[];
  /** Wires the service. Called once its database is reached and migrated. */
  build(context: ServiceContext<Shape>): ServiceParts | Promise<ServiceParts>;
}
