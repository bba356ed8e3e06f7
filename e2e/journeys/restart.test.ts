// A second start on the same folder keeps everything that the first one accepted.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startSystem } from '@quayside/dev';
import { call, customer, expectStatus, signUp } from '../customer';
import { startTemporarySystem, temporaryFolder } from '../temporary';

const folder = temporaryFolder();

test('accounts, statements, feeds and sessions survive a stop and a start', async () => {
  const first = await startSystem({ dataDir: folder, ports: 'free', quiet: true });
  const tina = await signUp(first.gatewayUrl, 'tina');
  const uma = await signUp(first.gatewayUrl, 'uma');
  expectStatus(await tina.topUp('5000'), 201);
  expectStatus(await tina.pay(uma.handle, '1234'), 201);
  const statement = await tina.statement();
  await first.stop();

  const second = await startTemporarySystem({}, folder);
  try {
    const { userId, handle, email, token: accessToken } = tina;
    const back = customer(second.gatewayUrl, { userId, handle, email, accessToken });
    assert.deepEqual(await back.statement(), statement);
    assert.equal((await back.account()).balance.amount, '3766');
    const stranger = { email, password: 'not the password' };
    const login = await call(second.gatewayUrl, '/api/v1/auth/login', {
      method: 'POST',
      body: stranger,
    });
    assert.equal(login.status, 401);
  } finally {
    await second.stop();
  }
});
