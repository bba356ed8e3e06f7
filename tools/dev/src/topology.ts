// What `npm start` brings up and the tests stand on: services, ports, databases, order. Read this first.
// Topics are declared in libs/contracts (allTopics), where their owners and readers are too.

import { join } from 'node:path';

/** One of Quayside's services. */
export interface ServiceSpec {
  name: string;
  /** Its folder; the program is `dist/<project>/main.js`. An absolute path is taken as it is. */
  project: string;
  /** The usual ports; others are taken when these are in use. */
  ports: { http?: number; grpc?: number; admin: number };
  /** Has a database and the roles `<name>_owner` and `<name>_app`. */
  database: boolean;
  /** Services whose address it is given: `<NAME>_ADDRESS` over gRPC, `<NAME>_URL` over HTTP. */
  calls: string[];
  /** Services that are ready before it starts. */
  startsAfter: string[];
}

/** The parts of a system. */
export interface Topology {
  postgres: { port: number };
  broker: { port: number };
  /** In the order of the screen. */
  services: ServiceSpec[];
}

/** The embedded system. */
export const topology: Topology = {
  postgres: { port: 5440 },
  broker: { port: 9092 },
  services: [
    {
      name: 'auth',
      project: 'apps/auth',
      ports: { grpc: 7001, admin: 9081 },
      database: true,
      calls: [],
      startsAfter: [],
    },
    {
      name: 'users',
      project: 'apps/users',
      ports: { grpc: 7002, admin: 9082 },
      database: true,
      calls: ['auth'],
      startsAfter: [],
    },
    // Not ours: the sandbox's stand-in for an outside company.
    {
      name: 'card-processor',
      project: 'apps/card-processor',
      ports: { http: 7010, admin: 9084 },
      database: false,
      calls: [],
      startsAfter: [],
    },
    {
      name: 'payments',
      project: 'apps/payments',
      ports: { grpc: 7003, admin: 9083 },
      database: true,
      calls: ['auth', 'card-processor'],
      startsAfter: [],
    },
    {
      name: 'gateway',
      project: 'apps/gateway',
      ports: { http: 8080, admin: 9080 },
      database: true,
      calls: ['auth', 'users', 'payments'],
      startsAfter: ['auth', 'users', 'payments'],
    },
  ],
};

/**
 * The embedded system with other programs for its services: `<folder>/<service>/main.js`, for example what their
 * images hold. The folder is an absolute path.
 */
export const withPrograms = (folder: string): Topology => ({
  ...topology,
  services: topology.services.map((service) => ({
    ...service,
    project: join(folder, service.name),
  })),
});

/**
 * The chosen services with everything that they call, in the topology's order; without a choice all of them.
 * Throws for a name that does not exist.
 */
export function chosenServices({ services }: Topology, only: string[] = []): ServiceSpec[] {
  const unknown = only.find((name) => !services.some((service) => service.name === name));
  if (unknown !== undefined) {
    const names = services.map(({ name }) => name).join(', ');
    throw new Error(`There is no service "${unknown}". The services are: ${names}.`);
  }
  if (only.length === 0) return services;
  const wanted = new Set<string>();
  const want = (name: string): void => {
    if (wanted.has(name)) return;
    wanted.add(name);
    services.find((service) => service.name === name)?.calls.forEach(want);
  };
  only.forEach(want);
  return services.filter(({ name }) => wanted.has(name));
}

/** Services in the groups in which they start: all of one group before the next. Throws for a circle. */
export function startOrder(services: ServiceSpec[]): ServiceSpec[][] {
  const names = new Set(services.map(({ name }) => name));
  const groups: ServiceSpec[][] = [];
  const started = new Set<string>();
  while (started.size < services.length) {
    const group = services.filter(
      ({ name, startsAfter }) =>
        !started.has(name) && startsAfter.every((other) => started.has(other) || !names.has(other)),
    );
    if (group.length === 0) throw new Error('The start order of the topology is a circle.');
    for (const { name } of group) started.add(name);
    groups.push(group);
  }
  return groups;
}
