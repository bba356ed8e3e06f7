import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { chosenServices, startOrder, topology, type ServiceSpec } from './topology';
import { workspaceRoot } from './workspace';

const names = (services: ServiceSpec[]): string[] => services.map(({ name }) => name);

test('every port is used once', () => {
  const { postgres, broker, services } = topology;
  const ports = [
    postgres.port,
    broker.port,
    ...services.flatMap((one) => Object.values(one.ports)),
  ];
  assert.deepEqual([...new Set(ports)], ports);
});

test('every service exists, and calls only services that serve somebody', () => {
  for (const { project, calls } of topology.services) {
    assert.ok(existsSync(join(workspaceRoot, project)), project);
    for (const name of calls) {
      const called = topology.services.find((service) => service.name === name);
      assert.ok((called?.ports.grpc ?? called?.ports.http) !== undefined, name);
    }
  }
});

test('the gateway starts last', () => {
  assert.deepEqual(startOrder(topology.services).map(names), [
    ['auth', 'users', 'card-processor', 'payments'],
    ['gateway'],
  ]);
});

test('a chosen service brings what it calls', () => {
  assert.deepEqual(names(chosenServices(topology, ['payments'])), [
    'auth',
    'card-processor',
    'payments',
  ]);
  assert.deepEqual(names(chosenServices(topology, ['gateway'])), names(topology.services));
  assert.deepEqual(names(chosenServices(topology)), names(topology.services));
  assert.throws(() => chosenServices(topology, ['bank']), /no service "bank"\. The services are/);
});

test('a circle is refused', () => {
  const [auth, users] = topology.services;
  const circle = [
    { ...auth!, startsAfter: ['users'] },
    { ...users!, startsAfter: ['auth'] },
  ];
  assert.throws(() => startOrder(circle), /circle/);
});
