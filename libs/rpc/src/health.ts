import type { Server } from '@grpc/grpc-js';
import { HealthImplementation } from 'grpc-health-check';

/** grpc.health.v1 of one server: of the whole (``), and of each service by name. */
export interface Health {
  addTo(server: Server): void;
  setServing(serving: boolean): void;
  /** Ends the streams of those who watch: a drain would wait for them. */
  endWatches(): void;
}

type Health1 = Parameters<HealthImplementation['addToServer']>[0];
type Watch = Parameters<Health1['addService']>[1][string];
interface WatchCall {
  once(event: 'cancelled', listener: () => void): unknown;
  end(): unknown;
}

/** Says NOT_SERVING for every name until told otherwise. */
export function createHealth(services: readonly string[]): Health {
  const names = ['', ...services];
  const status = (serving: boolean) => (serving ? 'SERVING' : 'NOT_SERVING');
  const implementation = new HealthImplementation(
    Object.fromEntries(names.map((name) => [name, status(false)])),
  );
  const watches = new Set<WatchCall>();

  const remembering = (watch: Watch) => (call: WatchCall) => {
    watches.add(call);
    call.once('cancelled', () => watches.delete(call));
    (watch as unknown as (call: WatchCall) => void)(call);
  };

  return {
    addTo: (server) =>
      implementation.addToServer({
        addService(service, handlers) {
          const { watch } = handlers;
          server.addService(service, watch ? { ...handlers, watch: remembering(watch) } : handlers);
        },
      }),
    setServing(serving) {
      for (const name of names) implementation.setStatus(name, status(serving));
    },
    endWatches() {
      for (const call of watches) call.end();
    },
  };
}
