import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ServiceDefinition } from '@grpc/grpc-js';
import { packageDefinition, services } from '@quayside/contracts';
import { access } from '@quayside/identity';
import {
  createRpcClient,
  createRpcServer,
  everyMethod,
  rpcService,
  type RpcService,
} from '../src/index';
import { makeIdentity, startServer } from './fixture';

const definition = services.users;
const nothing = () => Promise.resolve({});
const rules = {
  ...everyMethod(definition, access.user('profile:read')),
  ReserveHandle: access.service('gateway'),
};
const handlers = everyMethod(definition, nothing);
const untyped: (d: object, rules: object, handlers: object) => RpcService = rpcService;
const without = (whole: object, name: string) =>
  Object.fromEntries(Object.entries(whole).filter(([key]) => key !== name));

describe('a service cannot be put together', () => {
  for (const name of Object.keys(definition)) {
    test(`when nothing says who may call ${name}`, () => {
      const reason = new RegExp(`nobody may call ${name}`);
      assert.throws(() => untyped(definition, without(rules, name), handlers), reason);
      assert.throws(() => untyped(definition, { ...rules, [name]: undefined }, handlers), reason);
    });
    test(`when ${name} has no handler`, () => {
      const reason = new RegExp(`no handler for ${name}`);
      assert.throws(() => untyped(definition, rules, without(handlers, name)), reason);
    });
  }

  test('when something is declared that does not exist', () => {
    const more = { DeleteEverything: access.public };
    assert.throws(() => untyped(definition, { ...rules, ...more }, handlers), /DeleteEverything/);
    assert.throws(() => untyped(definition, rules, { ...handlers, Other: nothing }), /Other/);
  });

  test('when an access declaration is of no known kind', () => {
    const odd = { ...rules, GetProfile: { kind: 'anyone' } };
    assert.throws(
      () => untyped(definition, odd, handlers),
      /unknown kind of access for GetProfile/,
    );
  });

  test('when a method streams', () => {
    const methods = definition as unknown as ServiceDefinition;
    const streaming = { Watch: { ...methods.GetProfile, responseStream: true } };
    assert.throws(
      () => untyped(streaming, { Watch: access.public }, { Watch: nothing }),
      /Watch streams/,
    );
  });
});

test('a server is refused that could not recognise those it lets in', () => {
  const identity = makeIdentity();
  const service = rpcService(definition, rules, handlers);
  const verifier = identity.makeVerifier();
  const serviceTokens = identity.serviceTokens('users');
  assert.throws(() => createRpcServer({ services: [service], verifier }), /needs serviceTokens/);
  assert.throws(() => createRpcServer({ services: [service], serviceTokens }), /needs a verifier/);
  assert.doesNotThrow(() => createRpcServer({ services: [service], verifier, serviceTokens }));
});

test('a client is refused that would retry what does not exist, or has no address', () => {
  const options = { name: 'users', definition, address: 'localhost:1' };
  assert.throws(() => createRpcClient({ ...options, retryable: ['GetProfil'] }), /GetProfil/);
  for (const address of ['', 'users', 'localhost:1,users', 'http://users:1']) {
    assert.throws(() => createRpcClient({ ...options, address }), /is no address/, address);
  }
  assert.throws(() => createRpcClient({ ...options, definition: {} }), /has no methods/);
});

test('a port that is taken is named', async (t) => {
  const { port } = await startServer(t);
  await assert.rejects(startServer(t, { port }), new RegExp(`127.0.0.1:${port}.*another port`));
});

test('every service of protos/ is unary', () => {
  for (const [name, entry] of Object.entries(packageDefinition)) {
    if ('format' in entry || !name.startsWith('quayside.')) continue;
    for (const method of Object.values(entry)) {
      assert.ok(!method.requestStream && !method.responseStream, method.path);
    }
  }
});
