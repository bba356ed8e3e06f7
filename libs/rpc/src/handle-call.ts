import { Metadata, status, type sendUnaryData, type ServerUnaryCall } from '@grpc/grpc-js';
import { QuaysideError, toGrpcStatus, toQuaysideError } from '@quayside/errors';
import { authorize, type Authenticators, type Caller, type Peer } from '@quayside/identity';
import { childLogger } from '@quayside/telemetry';
import { userIdOf, type CallContext } from './call-context';
import { runWithDeadline } from './deadline';
import { measureCall } from './metrics';
import type { RpcMethod } from './service';
import type { Certificates } from './tls/certificates';

const log = childLogger({ component: 'rpc' });

type UnaryCall = ServerUnaryCall<unknown, unknown>;

/** What one call is about to be. */
interface Arrival {
  call: UnaryCall;
  service: string;
  method: RpcMethod;
  deadline: Date;
}

/** An AbortSignal made only when somebody asks: most handlers never do. */
function signalOf(call: UnaryCall): AbortSignal {
  const controller = new AbortController();
  if (call.cancelled) controller.abort();
  else call.once('cancelled', () => controller.abort());
  return controller.signal;
}

function contextOf({ call, deadline }: Arrival, caller: Caller): CallContext {
  let signal: AbortSignal | undefined;
  return {
    caller,
    deadline,
    metadata: call.metadata,
    userId: () => userIdOf(caller),
    get signal() {
      return (signal ??= signalOf(call));
    },
  };
}

function tooLate(): QuaysideError {
  return new QuaysideError('deadline_exceeded', 'The deadline passed. Try again in a moment.');
}

const textOf = (metadata: Metadata, key: string) => metadata.get(key)[0]?.toString();

/** What proves callers to a server. */
export interface Proofs extends Authenticators {
  /** Set where calls come by mutual TLS. */
  certificates?: Certificates;
}

/** The service at the other end, looked up only when an access rule asks. */
function peerOf(call: UnaryCall, certificates: Certificates): Peer {
  return {
    get service() {
      const { sslPeerCertificate } = call.getAuthContext();
      return sslPeerCertificate && certificates.serviceOf(sslPeerCertificate);
    },
  };
}

async function answer(arrival: Arrival, proofs: Proofs): Promise<unknown> {
  const { call, method, deadline } = arrival;
  const { certificates } = proofs;
  const credentials = {
    authorization: textOf(call.metadata, 'authorization'),
    serviceToken: textOf(call.metadata, 'x-service-token'),
    ...(certificates && { peer: peerOf(call, certificates) }),
  };
  const caller = await authorize(method.access, credentials, proofs);
  // Nobody waits for the answer any more: the work is not even started.
  if (deadline.getTime() <= Date.now() || call.cancelled) throw tooLate();
  return runWithDeadline(deadline, () => method.handle(call.request, contextOf(arrival, caller)));
}

function errorAnswer(error: QuaysideError) {
  const { code, details, metadata } = toGrpcStatus(error);
  const trailers = new Metadata();
  for (const [key, value] of Object.entries(metadata)) trailers.set(key, value);
  return Object.assign(new Error(details), { code, details, metadata: trailers });
}

/** The status that the caller has seen: grpc-js answers by itself when the deadline passes. */
function statusSeen({ call, deadline }: Arrival, code: number): number {
  if (!call.cancelled) return code;
  return Date.now() >= deadline.getTime() ? status.DEADLINE_EXCEEDED : status.CANCELLED;
}

function logFailure({ call, service, method }: Arrival, failure: QuaysideError): void {
  // What fails because its caller is gone (an aborted query, for one) is no fault of ours.
  if (failure.code !== 'internal' || call.cancelled) return;
  const rpc = { rpc_service: service, rpc_method: method.name };
  log.error({ ...rpc, error: failure.cause ?? failure }, 'A call failed');
}

/**
 * What grpc-js calls for one method: authenticate, authorize, handle, answer. A call without a
 * deadline is given `defaultDeadlineMs`.
 */
export function unaryHandler(
  service: string,
  method: RpcMethod,
  proofs: Proofs,
  defaultDeadlineMs: number,
) {
  return (call: UnaryCall, respond: sendUnaryData<unknown>): void => {
    const sent = new Date(call.getDeadline());
    const endless = Number.isNaN(sent.getTime());
    const deadline = endless ? new Date(Date.now() + defaultDeadlineMs) : sent;
    const arrival = { call, service, method, deadline };
    const measured = measureCall('server', service, method.name);
    let timer: NodeJS.Timeout | undefined;
    let answered = false;

    function settle(failure: QuaysideError | undefined, response?: unknown): void {
      if (answered) return;
      answered = true;
      clearTimeout(timer);
      measured(statusSeen(arrival, failure?.kind.grpcStatus ?? status.OK));
      if (failure) logFailure(arrival, failure);
      respond(failure ? errorAnswer(failure) : null, response);
    }

    // grpc-js keeps the deadlines that it was sent; the default is ours to keep.
    if (endless) timer = setTimeout(() => settle(tooLate()), defaultDeadlineMs);
    answer(arrival, proofs).then(
      (response) => settle(undefined, response),
      (error: unknown) => settle(toQuaysideError(error)),
    );
  };
}
