import type { MethodDefinition } from '@grpc/proto-loader';

/** What the contracts library's service definitions are. */
export type Definition = object;

type Method<D extends Definition, Name extends keyof D> = D[Name];

/** Names of a definition's methods, as in the proto file; not the index signature that grpc-js's type adds. */
export type MethodName<D extends Definition> = keyof {
  [Name in keyof D as string extends Name ? never : number extends Name ? never : Name]: unknown;
} &
  string;

/** What a client sends. */
export type RequestOf<D extends Definition, Name extends keyof D> =
  Method<D, Name> extends MethodDefinition<infer Request, infer _A, infer _B, infer _C>
    ? Request
    : never;

/** What a handler returns. */
export type ResponseOf<D extends Definition, Name extends keyof D> =
  Method<D, Name> extends MethodDefinition<infer _A, infer Response, infer _B, infer _C>
    ? Response
    : never;

/** What a handler receives: defaults filled in. */
export type ReceivedRequestOf<D extends Definition, Name extends keyof D> =
  Method<D, Name> extends MethodDefinition<infer _A, infer _B, infer Request, infer _C>
    ? Request
    : never;

/** What a client receives: defaults filled in. */
export type ReceivedResponseOf<D extends Definition, Name extends keyof D> =
  Method<D, Name> extends MethodDefinition<infer _A, infer _B, infer _C, infer Response>
    ? Response
    : never;
