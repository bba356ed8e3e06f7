import {
  credentials,
  makeGenericClientConstructor,
  Metadata,
  status,
  type CallOptions,
  type Client,
  type ServiceDefinition,
  type ServiceError,
} from '@grpc/grpc-js';
import { fromGrpcError } from '@quayside/errors';
import type { ServiceTokens, UserCaller } from '@quayside/identity';
import { createBreaker, type BreakerOptions, type BreakerState } from './breaker';
import { channelOptions, targetOf } from './channel';
import { currentDeadline } from './deadline';
import type { Definition, MethodName, ReceivedResponseOf, RequestOf } from './method-types';
import { measureCall } from './metrics';
import { serviceName } from './server';

/** How one call is made. */
export interface RpcCallOptions {
  /** The call ends by then at the latest; default: `defaultDeadlineMs` from now. */
  deadline?: Date;
  /** The user on whose behalf it is made; the token is forwarded and verified again. */
  caller?: UserCaller;
}

/** One promise-returning function per method; each rejects with a QuaysideError. */
export type RpcClient<D extends Definition> = {
  [Name in MethodName<D>]: (
    request: RequestOf<D, Name>,
    options?: RpcCallOptions,
  ) => Promise<ReceivedResponseOf<D, Name>>;
} & {
  /** Ends the connections. */
  close(): void;
  /** State of the circuit breaker. */
  state(): BreakerState;
};

/** What a client calls and how. */
export interface RpcClientOptions<D extends Definition> {
  /** Short name of the service called, also the audience of our service token. */
  name: string;
  definition: D;
  /** grpc-js target, `host:port`, or several addresses with commas between. */
  address: string;
  /** Proves this service to the other. */
  serviceTokens?: ServiceTokens;
  /** Methods that may be sent again when the server was not reached. */
  retryable?: readonly MethodName<D>[];
  /** Milliseconds for a call that states no deadline; default 5000. */
  defaultDeadlineMs?: number;
  breaker?: BreakerOptions;
}

type UnaryMethod = (
  request: unknown,
  metadata: Metadata,
  options: CallOptions,
  callback: (error: ServiceError | null, response: unknown) => void,
) => unknown;

/** The earliest of the call's own deadline (or the default) and the surrounding work's. */
function deadlineFor(own: Date | undefined, defaultMs: number): Date {
  const wanted = own ?? new Date(Date.now() + defaultMs);
  const surrounding = currentDeadline();
  return surrounding && surrounding < wanted ? surrounding : wanted;
}

async function metadataFor(
  audience: string,
  caller: UserCaller | undefined,
  serviceTokens: ServiceTokens | undefined,
): Promise<Metadata> {
  const metadata = new Metadata();
  if (caller) metadata.set('authorization', `Bearer ${caller.token}`);
  if (serviceTokens) metadata.set('x-service-token', await serviceTokens.issue(audience));
  return metadata;
}

/** A client of one service: deadline, identity, retries, breaker, load balancing over all replicas. */
export function createRpcClient<D extends Definition>(options: RpcClientOptions<D>): RpcClient<D> {
  const { name, definition, serviceTokens, retryable = [], defaultDeadlineMs = 5_000 } = options;
  const service = serviceName(definition);
  const Constructor = makeGenericClientConstructor(
    definition as unknown as ServiceDefinition,
    name,
  );
  const client: Client = new Constructor(
    targetOf(options.address),
    credentials.createInsecure(),
    channelOptions({ service, retryable }),
  );
  const breaker = createBreaker(name, options.breaker);

  function send(method: string, request: unknown, metadata: Metadata, deadline: Date) {
    const measured = measureCall('client', service, method);
    const unary = (client as unknown as Record<string, UnaryMethod>)[method];
    return new Promise<unknown>((resolve, reject) => {
      unary?.call(client, request, metadata, { deadline }, (error, response) => {
        measured(error === null ? status.OK : error.code);
        if (error === null) resolve(response);
        else reject(fromGrpcError(error));
      });
    });
  }

  const methodCall =
    (method: string) =>
    async (request: unknown, { deadline, caller }: RpcCallOptions = {}) => {
      const metadata = await metadataFor(name, caller, serviceTokens);
      return breaker.run(() =>
        send(method, request, metadata, deadlineFor(deadline, defaultDeadlineMs)),
      );
    };

  const methods = Object.keys(definition).map((method) => [method, methodCall(method)] as const);
  return {
    ...Object.fromEntries(methods),
    close: () => {
      breaker.close();
      client.close();
    },
    state: breaker.state,
  } as unknown as RpcClient<D>;
}
