import { Metadata, status, type sendUnaryData, type ServerUnaryCall } from '@grpc/grpc-js';
import { QuaysideError, toGrpcStatus, toQuaysideError } from '@quayside/errors';
import { authorize, type Authenticators, type Caller } from '@quayside/identity';
import { childLogger } from '@quayside/telemetry';
import { userIdOf, type CallContext } from './call-context';
import { runWithDeadline } from './deadline';
import { measureCall } from './metrics';
import type { RpcMethod } from './service';

const log = childLogger({ component: 'rpc' });

type UnaryCall = ServerUnaryCall<unknown, unknown>;

/** A caller that sets no deadline gets this one. */
const DEFAULT_DEADLINE_MS = 10_000;

function deadlineOf(call: UnaryCall): Date {
  const deadline = new Date(call.getDeadline());
  const endless = Number.isNaN(deadline.getTime());
  return endless ? new Date(Date.now() + DEFAULT_DEADLINE_MS) : deadline;
}

/** An AbortSignal made only when somebody asks: most handlers never do. */
function signalOf(call: UnaryCall): AbortSignal {
  const controller = new AbortController();
  if (call.cancelled) controller.abort();
  else call.on('cancelled', () => controller.abort());
  return controller.signal;
}

function contextOf(call: UnaryCall, caller: Caller, deadline: Date): CallContext {
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

const textOf = (metadata: Metadata, key: string) => metadata.get(key)[0]?.toString();

async function answer(call: UnaryCall, method: RpcMethod, authenticators: Authenticators) {
  const deadline = deadlineOf(call);
  // It waited so long that nobody waits for the answer any more.
  if (deadline.getTime() <= Date.now()) {
    throw new QuaysideError(
      'deadline_exceeded',
      'The deadline passed before the call was started.',
    );
  }
  const caller = await authorize(
    method.access,
    {
      authorization: textOf(call.metadata, 'authorization'),
      serviceToken: textOf(call.metadata, 'x-service-token'),
    },
    authenticators,
  );
  const context = contextOf(call, caller, deadline);
  return runWithDeadline(deadline, () => method.handle(call.request, context));
}

function errorAnswer(error: unknown) {
  const { code, details, metadata } = toGrpcStatus(error);
  const trailers = new Metadata();
  for (const [key, value] of Object.entries(metadata)) trailers.set(key, value);
  return Object.assign(new Error(details), { code, details, metadata: trailers });
}

/** What grpc-js calls for one method: authenticate, authorize, handle, answer. */
export function unaryHandler(service: string, method: RpcMethod, authenticators: Authenticators) {
  return (call: UnaryCall, respond: sendUnaryData<unknown>): void => {
    const measured = measureCall('server', service, method.name);
    answer(call, method, authenticators).then(
      (response) => {
        measured(status.OK);
        respond(null, response);
      },
      (error: unknown) => {
        const failure = toQuaysideError(error);
        measured(failure.kind.grpcStatus);
        if (failure.code === 'internal') {
          log.error({ error: failure.cause ?? failure, method: method.name }, 'A call failed');
        }
        respond(errorAnswer(failure));
      },
    );
  };
}
