import { execFileSync } from 'node:child_process';
import { chmodSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expectStatus, signUp } from '../customer';
import { npmStart, terminalEnvironment } from '../npm-start';
import { temporaryFolder } from '../temporary';
import { note } from './report';

/** Two people sign up, and one pays the other. */
export async function firstPayment(gatewayUrl: string): Promise<void> {
  const [payer, payee] = await Promise.all([
    signUp(gatewayUrl, 'first'),
    signUp(gatewayUrl, 'second'),
  ]);
  expectStatus(await payer.topUp('100'), 201);
  expectStatus(await payer.pay(payee.handle, '1'), 201);
}

/** Seconds from `npm start` on an empty data folder, all built, to the first accepted payment. */
export async function measureStart(): Promise<number> {
  // Builds what is stale.
  execFileSync('npm', ['start', '--', '--help'], { env: terminalEnvironment(), stdio: 'ignore' });
  note('start: npm start on an empty data folder, to the first accepted payment');
  const folder = temporaryFolder();
  // As a usual folder is: PostgreSQL's user may enter.
  chmodSync(folder, 0o755);
  const startedAt = performance.now();
  const { running, signal, ended } = await npmStart(join(folder, 'data'));
  try {
    await firstPayment(running.gatewayUrl ?? '');
    return (performance.now() - startedAt) / 1000;
  } finally {
    signal('SIGINT');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }
}
