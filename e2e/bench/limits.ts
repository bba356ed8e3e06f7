// What the rate limits cost a request of the gateway. Too little to show in payments a second.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { note, type Row } from './report';

const root = join(import.meta.dirname, '../..');

/** The rows of the limits: CPU of the gateway's process, PostgreSQL's not among it. */
export async function limits(): Promise<Row[]> {
  note('limits: counting a payment in memory, and a login in the database');
  const program = ['--import', 'tsx', 'apps/gateway/test/limit-cost.ts'];
  const { stdout } = await promisify(execFile)(process.execPath, program, { cwd: root });
  const { payment, login } = JSON.parse(stdout) as { payment: number; login: number };
  return [
    { name: 'limits of a payment (address, payments), in memory', value: payment, unit: 'µs' },
    { name: 'limits of a login (address, login), shared', value: login, unit: 'µs' },
  ];
}
