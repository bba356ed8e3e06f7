import type { ServiceDefinition } from '@grpc/grpc-js';
import type { Access } from '@quayside/identity';
import type { CallContext } from './call-context';
import type { Definition, MethodName, ReceivedRequestOf, ResponseOf } from './method-types';
import { serviceName } from './service-name';

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
  /** Full name: `quayside.auth.v1.AuthService`. */
  name: string;
  methods: RpcMethod[];
}

function refuseUnknown(what: string, found: object, expected: readonly string[]): void {
  const unknown = Object.keys(found).filter((name) => !expected.includes(name));
  if (unknown.length === 0) return;
  throw new Error(`There is ${what} for ${unknown.join(', ')}, which does not exist. Remove it.`);
}

function methodOf(
  service: string,
  name: string,
  rule: Access | undefined,
  handle: UntypedHandler | undefined,
): RpcMethod {
  if (!rule) throw new Error(`${service} says nobody may call ${name}. Declare its access.`);
  if (!['public', 'user', 'service'].includes(rule.kind)) {
    throw new Error(`${service} has an unknown kind of access for ${name}. Use access.*.`);
  }
  if (typeof handle !== 'function') throw new Error(`${service} has no handler for ${name}.`);
  return { name, access: rule, handle };
}

/** The same rule or the same handler for every method of a service: what a stand-in begins with. */
export function everyMethod<D extends Definition, Same>(
  definition: D,
  same: Same,
): Record<MethodName<D>, Same> {
  const entries = Object.keys(definition).map((name) => [name, same]);
  return Object.fromEntries(entries) as Record<MethodName<D>, Same>;
}

/**
 * Puts a service together. Throws when a method states nobody who may call it (default deny), has no
 * handler, does not exist, or streams (every method of Quayside is unary).
 */
export function rpcService<D extends Definition>(
  definition: D,
  access: AccessRules<D>,
  handlers: Handlers<D>,
): RpcService {
  const methods = definition as unknown as ServiceDefinition;
  const service = serviceName(definition);
  const names = Object.keys(methods);
  const streaming = Object.entries(methods).find(([, m]) => m.requestStream || m.responseStream);
  if (streaming)
    throw new Error(`${service}.${streaming[0]} streams; only unary calls are served.`);
  refuseUnknown('an access rule', access, names);
  refuseUnknown('a handler', handlers, names);
  const rules = new Map(Object.entries<Access>(access));
  const byName = new Map(Object.entries(handlers) as [string, UntypedHandler][]);
  return {
    definition: methods,
    name: service,
    methods: names.map((name) => methodOf(service, name, rules.get(name), byName.get(name))),
  };
}
