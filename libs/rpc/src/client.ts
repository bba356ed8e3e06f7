import {
  credentials,
  makeGenericClientConstructor,
  Metadata,
  status,
  type CallOptions,
  type Client,
  type ClientUnaryCall,
  type ServiceDefinition,
  type ServiceError,
} from '@grpc/grpc-js';
import { fromGrpcError, QuaysideError } from '@quayside/errors';
import type { ServiceTokens, UserCaller } from '@quayside/identity';
import { createBreaker, type BreakerOptions, type BreakerState } from './breaker';
import { channelOptions, type LoadBalancing } from './channel';
import { currentDeadline } from './deadline';
import type { Definition, MethodName, ReceivedResponseOf, RequestOf } from './method-types';
import { callsNotSent, measureCall } from './metrics';
import { resendRefused } from './resend';
import { serviceName } from './service-name';
import { targetOf } from './target';
import type { Certificates } from './tls/certificates';

/** How one call is made. */
export interface RpcCallOptions {
  /** The call ends by then at the latest; default: `defaultDeadlineMs` from now. */
  deadline?: Date;
  /** The user on whose behalf it is made; the token is forwarded and verified again. */
  caller?: Pick<UserCaller, 'token'> & Partial<UserCaller>;
  /** Whether this service proves itself; default: when no user is given as `caller`. */
  asService?: boolean;
  /** Cancels the call when aborted. */
  signal?: AbortSignal;
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
  /** Proves this service to the other, unless certificates do. */
  serviceTokens?: ServiceTokens;
  /** Calls by mutual TLS: the certificate proves this service, and the other must prove that it is `name`. */
  certificates?: Certificates;
  /** Methods that may be sent again when they meet UNAVAILABLE: reads, and what carries a key. */
  retryable?: readonly string[];
  /** `off`: nothing is sent again by the policy; a mesh retries, and both together would multiply. Default `on`. */
  retries?: 'on' | 'off';
  /** Default `round_robin`. */
  loadBalancing?: LoadBalancing;
  /** Milliseconds for a call that states no deadline; default 5000. */
  defaultDeadlineMs?: number;
  /** Most calls under way at once, more are refused as `unavailable`; default: no limit. */
  maxConcurrent?: number;
  breaker?: BreakerOptions;
}

type UnaryMethod = (
  request: unknown,
  metadata: Metadata,
  options: CallOptions,
  callback: (error: ServiceError | null, response: unknown) => void,
) => ClientUnaryCall;

/** The earliest of the call's own deadline (or the default) and the surrounding work's. */
function deadlineFor(own: Date | undefined, defaultMs: number): Date {
  const wanted = own ?? new Date(Date.now() + defaultMs);
  const surrounding = currentDeadline();
  return surrounding && surrounding < wanted ? surrounding : wanted;
}

function connect<D extends Definition>(options: RpcClientOptions<D>): Client {
  const { name, definition, address, retryable = [], loadBalancing = 'round_robin' } = options;
  const unknown = retryable.find((method) => !Object.hasOwn(definition, method));
  if (unknown !== undefined) throw new Error(`${name} has no method ${unknown} to retry.`);
  // Made by grpc-js's own constructor: that is what OpenTelemetry instruments.
  const Constructor = makeGenericClientConstructor(
    definition as unknown as ServiceDefinition,
    name,
  );
  const channel = channelOptions({
    service: serviceName(definition),
    retryable: options.retries === 'off' ? [] : retryable,
    loadBalancing,
  });
  const secured = options.certificates?.client(name) ?? credentials.createInsecure();
  return new Constructor(targetOf(address), secured, channel);
}

/** Sends one call; rejects with grpc-js's own error. */
function send(
  invoke: UnaryMethod,
  request: unknown,
  metadata: Metadata,
  deadline: Date,
  signal?: AbortSignal,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const call = invoke(request, metadata, { deadline }, (error, response) => {
      signal?.removeEventListener('abort', cancel);
      if (error === null) resolve(response);
      else reject(error);
    });
    const cancel = () => call.cancel();
    if (signal?.aborted) cancel();
    else signal?.addEventListener('abort', cancel);
  });
}

/**
 * A client of one service: deadline, identity, retries, breaker, load balancing over all replicas.
 * Connects at the first call. Throws when the address or a name in `retryable` is wrong.
 */
export function createRpcClient<D extends Definition>(options: RpcClientOptions<D>): RpcClient<D> {
  const { name, definition, serviceTokens, certificates, maxConcurrent } = options;
  const { defaultDeadlineMs = 5_000 } = options;
  const service = serviceName(definition);
  const client = connect(options);
  const breaker = createBreaker({ name, service, maxConcurrent }, options.breaker);

  async function metadataFor({ caller, asService = !caller }: RpcCallOptions): Promise<Metadata> {
    const metadata = new Metadata();
    if (caller) metadata.set('authorization', `Bearer ${caller.token}`);
    if (asService && serviceTokens && !certificates) {
      metadata.set('x-service-token', await serviceTokens.issue(name));
    }
    return metadata;
  }

  function refuseLate(deadline: Date): void {
    if (deadline.getTime() > Date.now()) return;
    callsNotSent.inc({ rpc_service: service, reason: 'deadline' });
    const detail = `No time was left to ask ${name}. Try again in a moment.`;
    throw new QuaysideError('deadline_exceeded', detail);
  }

  function callOf(method: string) {
    const invoke = (client as unknown as Record<string, UnaryMethod>)[method]?.bind(client);
    if (!invoke) throw new Error(`grpc-js made no ${method} for ${name}.`);
    return async (request: unknown, callOptions: RpcCallOptions = {}): Promise<unknown> => {
      const deadline = deadlineFor(callOptions.deadline, defaultDeadlineMs);
      refuseLate(deadline);
      const metadata = await metadataFor(callOptions);
      try {
        return await breaker.run(async () => {
          const measured = measureCall('client', service, method);
          const attempt = () => send(invoke, request, metadata, deadline, callOptions.signal);
          try {
            const response = await resendRefused(attempt, deadline);
            measured(status.OK);
            return response;
          } catch (error) {
            measured((error as ServiceError).code);
            throw error;
          }
        });
      } catch (error) {
        throw fromGrpcError(error);
      }
    };
  }

  const methods = Object.keys(definition).map((method) => [method, callOf(method)] as const);
  return {
    ...Object.fromEntries(methods),
    close() {
      breaker.close();
      client.close();
    },
    state: () => breaker.state(),
  } as unknown as RpcClient<D>;
}
