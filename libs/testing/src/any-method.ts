import {
  credentials as transport,
  makeGenericClientConstructor,
  Metadata,
  type ServiceDefinition,
  type ServiceError,
} from '@grpc/grpc-js';

/** Metadata of a call. */
export type Headers = Record<string, string>;

/** The metadata that carries a token. */
export const bearer = (token: string): Headers => ({ authorization: `Bearer ${token}` });

/** How a call ended: with an error, or with an answer. */
export interface Outcome {
  error?: ServiceError;
  response?: unknown;
}

/** Calls methods by their names, with whatever credentials. */
export interface AnyMethod {
  /** The names of all methods. */
  names: string[];
  /** The names of what can be asked for. */
  fieldsOf(name: string): string[];
  call(name: string, request: object, headers: Headers): Promise<Outcome>;
  close(): void;
}

interface Described {
  requestType?: { type?: { field?: readonly { name: string }[] } };
}

/** Calls any method of the service at `address` (`host:port`). */
export function anyMethodOf(definition: object, address: string): AnyMethod {
  const methods = definition as ServiceDefinition;
  const Client = makeGenericClientConstructor(methods, 'any');
  const client = new Client(address, transport.createInsecure());
  const methodOf = (name: string) => {
    const method = methods[name];
    if (!method) throw new Error(`No method ${name}`);
    return method;
  };
  return {
    names: Object.keys(methods),
    fieldsOf(name) {
      const { field = [] } = (methodOf(name) as Described).requestType?.type ?? {};
      return field.map((each) => each.name);
    },
    call(name, request, headers) {
      const metadata = new Metadata();
      for (const [key, value] of Object.entries(headers)) metadata.set(key, value);
      const { path, requestSerialize, responseDeserialize } = methodOf(name);
      return new Promise((resolve) => {
        client.makeUnaryRequest(
          path,
          requestSerialize,
          responseDeserialize,
          request,
          metadata,
          { deadline: Date.now() + 10_000 },
          (error: ServiceError | null, response: unknown) =>
            resolve(error ? { error } : { response }),
        );
      });
    },
    close: () => client.close(),
  };
}
