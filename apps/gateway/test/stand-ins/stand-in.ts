import { services } from '@quayside/contracts';
import { QuaysideError, type ErrorCode } from '@quayside/errors';
import { createRpcServer, rpcService, type CallContext } from '@quayside/rpc';
import type { TestTokens } from '@quayside/testing';

/** Answers one gRPC method, at once or later; what it throws is the status. */
export type Method = (request: never, context: CallContext) => unknown;

/** A service whose methods a test can replace one by one, and which can be taken away and brought back. */
export interface StandIn {
  address: string;
  /** Answers instead of the method of that name. */
  overrides: Map<string, Method>;
  /** Has a method refuse every call with this error, until `overrides` is cleared. */
  refuse(method: string, code: ErrorCode): void;
  /** How often each method was called. */
  calls: Map<string, number>;
  stop(): Promise<void>;
  /** Serves again at the same address. */
  startAgain(): Promise<void>;
}

/** Starts a stand-in on a free port. */
export async function startStandIn(
  tokens: TestTokens,
  name: keyof typeof services,
  rules: Record<string, unknown>,
  methods: Record<string, Method>,
): Promise<StandIn> {
  const overrides = new Map<string, Method>();
  const calls = new Map<string, number>();
  const handlers = Object.fromEntries(
    Object.entries(methods).map(([name, method]) => [
      name,
      async (request: never, context: CallContext) => {
        calls.set(name, (calls.get(name) ?? 0) + 1);
        return await (overrides.get(name) ?? method)(request, context);
      },
    ]),
  );
  async function serve(port: number) {
    const server = createRpcServer({
      services: [rpcService(services[name], rules as never, handlers as never)],
      verifier: tokens.verifier,
      serviceTokens: tokens.serviceTokens(name),
    });
    const bound = await server.bind('127.0.0.1', port);
    server.health.setServing(true);
    return { port: bound, stop: () => server.drain(1000) };
  }

  let server = await serve(0);
  const { port } = server;
  return {
    address: `ipv4:127.0.0.1:${port}`,
    overrides,
    refuse: (method, code) =>
      void overrides.set(method, () =>
        Promise.reject(new QuaysideError(code, 'The test says so.')),
      ),
    calls,
    stop: () => server.stop(),
    startAgain: async () => {
      server = await serve(port);
    },
  };
}
