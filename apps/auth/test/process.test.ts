import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { testDatabase, testTokens, waitFor } from '@quayside/testing';
import {
  authClient,
  authEnv,
  migrations,
  PASSWORD,
  registered,
  userClient,
  type AuthClient,
} from './auth-fixture';

interface Ready {
  type: 'ready';
  ports: { grpc: number };
}

async function ready(child: ChildProcess): Promise<Ready> {
  const ended = once(child, 'exit').then(() =>
    assert.fail('the service ended before it was ready'),
  );
  const [message] = (await Promise.race([once(child, 'message'), ended])) as [Ready];
  return message;
}

/** Changes a password, resets it by mail, and answers every secret that came up. */
async function changeAndReset(port: number, client: AuthClient, email: string, folder: string) {
  const [changed, reset] = ['changed horse battery', 'reset horse battery'];
  const user = userClient(port);
  try {
    const { accessToken } = (await client.Login({ email, password: PASSWORD })).tokens!;
    const passwords = { currentPassword: PASSWORD, newPassword: changed };
    await user.ChangePassword(accessToken, passwords);
    await client.RequestPasswordReset({ email });
    const file = await waitFor(async () =>
      (await readdir(folder)).find((name) => name.endsWith('.eml')),
    );
    const [token] = /qspr_[\w-]{43}/.exec(await readFile(join(folder, file), 'utf8'))!;
    await client.ConfirmPasswordReset({ token, newPassword: reset });
    await assert.rejects(client.ConfirmPasswordReset({ token, newPassword: reset }));
    return [accessToken, changed, token, reset];
  } finally {
    user.close();
  }
}

test('the process logs no password and no token, whatever it is sent, and ends in order', async () => {
  const stored = await testDatabase('auth', migrations);
  const tokens = testTokens();
  const folder = await mkdtemp(join(tmpdir(), 'quayside-mail-'));
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', join(import.meta.dirname, '../src/main.ts')],
    {
      env: {
        ...process.env,
        ...authEnv(stored.url, tokens),
        LOG_LEVEL: 'trace',
        MAIL_FOLDER: folder,
      },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    },
  );
  let output = '';
  child.stdout!.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr!.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const exited = once(child, 'exit');
  try {
    const { ports } = await ready(child);
    const client = authClient(ports.grpc, tokens);
    const secrets = [PASSWORD, 'wrong horse battery', tokens.env.SERVICE_TOKEN_SECRET];
    const { person, tokens: held } = await registered(client);
    secrets.push(held.accessToken, held.refreshToken, person.email, stored.url);
    await assert.rejects(client.Register(person));
    await assert.rejects(client.Login({ email: person.email, password: 'wrong horse battery' }));
    const next = await client.Refresh({ refreshToken: held.refreshToken });
    const last = await client.Refresh({ refreshToken: next.tokens!.refreshToken });
    for (const { tokens } of [next, last]) {
      secrets.push(tokens!.accessToken, tokens!.refreshToken);
    }
    await assert.rejects(client.Refresh({ refreshToken: held.refreshToken }));
    await client.Logout({ refreshToken: held.refreshToken });
    secrets.push(...(await changeAndReset(ports.grpc, client, person.email, folder)));
    client.close();

    child.kill('SIGTERM');
    assert.deepEqual(await exited, [0, null], output);
    assert.match(output, /used twice/);
    for (const secret of secrets) {
      assert.ok(!output.includes(secret), `${secret} is in the logs:\n${output}`);
    }
  } finally {
    if (child.exitCode === null) child.kill('SIGKILL');
    await exited;
    await stored.drop();
    await rm(folder, { recursive: true });
  }
});
