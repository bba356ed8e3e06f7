import { ErrorCode, ProtocolError, refuse } from '../protocol/errors';
import type { Loose, MessageOf } from '../protocol/message-type';
import { type Schema, schema } from '../protocol/schema';
import type { BrokerState } from '../state';

/** What a handler knows besides the request itself. */
export interface Call {
  readonly broker: BrokerState;
  readonly apis: ReadonlyMap<number, Api>;
  readonly version: number;
  readonly clientId: string;
  /** Address of the client, as DescribeGroups shows it. */
  readonly clientHost: string;
  /** Where this client reached the broker, so where it is told to come again. */
  readonly address: { readonly host: string; readonly port: number };
}

/** One API of the protocol, in the versions this broker speaks. */
export interface Api<Request = unknown, Response = unknown> {
  readonly key: number;
  readonly name: string;
  readonly minVersion: number;
  readonly maxVersion: number;
  readonly request: Schema<Request>;
  readonly response: Schema<Response>;
  /** Refusals are part of the answer. Undefined: there is no response (acks=0). */
  handle(request: Request, call: Call): Answer<Response> | Promise<Answer<Response>>;
}

type Answer<Response> = Loose<Response> | undefined;

interface Definition<Q extends string, A extends string> {
  readonly request: Q;
  readonly response: A;
  /** The first version with the encoding of KIP-482. */
  readonly flexible?: number;
  handle: Api<MessageOf<Q>, MessageOf<A>>['handle'];
}

/** Declares an API: key, name, lowest and highest version, messages (see schema.ts), action. */
export function defineApi<Q extends string, A extends string>(
  key: number,
  name: string,
  [minVersion, maxVersion]: readonly [number, number],
  { request, response, flexible, handle }: Definition<Q, A>,
): Api<MessageOf<Q>, MessageOf<A>> {
  const schemas = { request: schema(request, flexible), response: schema(response, flexible) };
  return { key, name, minVersion, maxVersion, ...schemas, handle };
}

/** Acts partition by partition, each with an outcome, in the shape and order of the request. */
export function outcomesOf<P extends { readonly index: number }, T extends object>(
  topics: readonly { readonly name: string; readonly partitions: readonly P[] }[],
  action: (topic: string, partition: P) => T | undefined,
) {
  return topics.map(({ name, partitions }) => ({
    name,
    partitions: partitions.map((partition) => ({
      index: partition.index,
      ...outcomeOf(() => action(name, partition)),
    })),
  }));
}

type Outcome<T> = Partial<T> & { readonly error: number; readonly message: string | null };

/** Does one item of a request: a refusal is its outcome, any other error is the request's. */
export function outcomeOf<T extends object>(action: () => T | undefined): Outcome<T> {
  try {
    return { error: ErrorCode.NONE, message: null, ...(action() as T) };
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    return { error: error.code, message: error.message } as Outcome<T>;
  }
}

/** The kinds of resource that have settings. */
export const ResourceType = { TOPIC: 2, BROKER: 4 } as const;

/** With one broker there is nothing to choose: partitions are not assigned by the client here. */
export function refuseAssignments(assignments: readonly unknown[] | null): void {
  if (assignments?.length) refuse('INVALID_REPLICA_ASSIGNMENT', 'there is only one broker');
}
