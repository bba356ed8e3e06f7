import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { services } from '@quayside/contracts';
import { QuaysideError, type ErrorCode } from '@quayside/errors';
import { access } from '@quayside/identity';
import { createRpcServer, everyMethod, rpcService } from '@quayside/rpc';
import {
  answered,
  forOperators,
  refused,
  testTokens,
  unproven,
  walkAsStranger,
  type StrangersCall,
} from '../src';

const tokens = testTokens();
const refuse = (code: ErrorCode, message: string) => () =>
  Promise.reject(new QuaysideError(code, message));

// It does all wrong: gives and tells what is another user's, and changes it.
let name = '';
const server = createRpcServer({
  verifier: tokens.verifier,
  services: [
    rpcService(services.users, everyMethod(services.users, access.user('profile:read')), {
      ...everyMethod(services.users, () => Promise.resolve({})),
      FindByHandle: ({ handle }) => Promise.resolve({ user: { handle, displayName: name } }),
      ReserveHandle: refuse('forbidden', 'You may not.'),
      FindUser: refuse('not_found', 'There is no user u-ada for you.'),
      ReleaseHandle: refuse('unauthenticated', 'Prove more.'),
      UpdateProfile: ({ displayName = '' }) => {
        name = displayName;
        return Promise.resolve({});
      },
    }),
  ],
});
let address: string;
before(async () => {
  address = `127.0.0.1:${await server.bind('127.0.0.1', 0)}`;
  server.health.setServing(true);
});
after(() => server.drain(1000));

const calls: Record<string, StrangersCall> = {
  ReserveHandle: forOperators({ userId: 'u-ada' }),
  ReleaseHandle: unproven({ userId: 'u-ada' }),
  GetProfile: answered({}),
  UpdateProfile: answered({ displayName: 'Ada' }),
  FindByHandle: answered({ handle: 'ada' }),
  FindUser: refused({}),
};

async function found(otherwise: Record<string, StrangersCall | undefined>, owned: string[]) {
  name = 'Ada';
  const given = Object.entries({ ...calls, ...otherwise }).filter(([, call]) => call);
  return walkAsStranger({
    definition: services.users,
    address,
    token: await tokens.userToken(),
    calls: Object.fromEntries(given) as Record<string, StrangersCall>,
    owned,
    look: () => Promise.resolve({ name }),
  });
}

test('what a stranger gets or changes of the owner is found, and an end that was not expected', async () => {
  const FindUser = refused({ userId: 'u-ada' });
  assert.deepEqual(await found({ FindUser }, ['u-ada']), ['FindUser told a stranger u-ada']);
  const FindByHandle = { FindUser, FindByHandle: refused({ handle: 'ada' }) };
  assert.deepEqual(await found(FindByHandle, ['u-ada', 'Ada']), [
    'FindByHandle ended with OK for a stranger: ',
    'FindByHandle told a stranger Ada',
    'FindUser told a stranger u-ada',
  ]);
  const UpdateProfile = answered({ displayName: 'Eve' });
  assert.deepEqual(await found({ FindUser, UpdateProfile }, ['u-ada']), [
    'UpdateProfile changed what the owner has, {"name":"Ada"}, into {"name":"Eve"}',
    'FindUser told a stranger u-ada',
  ]);
});

test('to be forbidden is no refusal: it tells that there is something, or that nothing was tried', async () => {
  const FindUser = refused({ userId: 'u-eve' });
  const ReserveHandle = refused({ userId: 'u-eve' });
  const calls = { ReserveHandle, ReleaseHandle: unproven({ userId: 'u-eve' }), FindUser };
  assert.deepEqual(await found(calls, ['u-eve']), [
    'ReserveHandle ended with PERMISSION_DENIED for a stranger: You may not.',
  ]);
});

test('a method that nobody decided on is found, and an id that is not the owner’s', async () => {
  assert.deepEqual(await found({ GetProfile: undefined }, ['u-ada']), [
    'GetProfile: say what a stranger may do with it',
    "FindUser has to be tried with a userId of the owner's",
    'FindUser told a stranger u-ada',
  ]);
});
