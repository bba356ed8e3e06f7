import type { ServiceDefinition } from '@grpc/grpc-js';
import type { Access } from '@quayside/identity';
import type { CallContext } from './call-context';
import type { Definition, MethodName, ReceivedRequestOf, ResponseOf } from './method-types';

/** One function per method: the request as received in, the response out; a rejection is the answer's status. */
export type Handlers<D extends Definition> = {
  [Name in MethodName<D>]: (
    request: ReceivedRequestOf<D, Name>,
    context: CallContext,
  ) => Promise<ResponseOf<D, Name>>;
};

/** Who may call which method. */
export type AccessRules<D extends Definition> = Record<MethodName<D>, Access>;

/** A handler whose types have been checked already. */
export type UntypedHandler = (request: unknown, context: CallContext) => Promise<unknown>;

/** One method, ready to be served. */
export interface RpcMethod {
  name: string;
  access: Access;
  handle: UntypedHandler;
}

/** One gRPC service, ready to be served. */
export interface RpcService {
  definition: ServiceDefinition;
  methods: RpcMethod[];
}

function refuseDifference(what: string, found: object, expected: readonly string[]): void {
  const names = Object.keys(found);
  const missing = expected.filter((name) => !names.includes(name));
  const unknown = names.filter((name) => !expected.includes(name));
  if (missing.length > 0) throw new Error(`No ${what} for ${missing.join(', ')}. Declare it.`);
  if (unknown.length > 0) throw new Error(`${what} for unknown ${unknown.join(', ')}. Remove it.`);
}

/**
 * Puts a service together. Throws when a method states nobody who may call it (default deny), has no
 * handler, or does not exist.
 */
export function rpcService<D extends Definition>(
  definition: D,
  access: AccessRules<D>,
  handlers: Handlers<D>,
): RpcService {
  const names = Object.keys(definition);
  refuseDifference('access rule', access, names);
  refuseDifference('handler', handlers, names);
  const rules = access as Record<string, Access>;
  const byName = handlers as unknown as Record<string, UntypedHandler>;
  const methods = names.flatMap((name) => {
    const rule = rules[name];
    const handle = byName[name];
    return rule && handle ? [{ name, access: rule, handle }] : [];
  });
  return { definition: definition as ServiceDefinition, methods };
}
