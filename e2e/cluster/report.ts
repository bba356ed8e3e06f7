import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Audit } from './load/audit';
import type { StepResult } from './runner';

/** What a whole run has to say. */
export interface Report {
  context: string;
  kubernetes: string;
  startedAt: string;
  steps: StepResult[];
  audit: Audit & { ledger: 'clean' | 'not checked' | string[] };
}

const FILE = '.data/reports/cluster.json';

/** One line of the table. */
export function lineOf({
  name,
  outcome,
  requests,
  failed,
  recoveryMs,
  p99Ms,
  seconds,
}: StepResult) {
  if (outcome === 'skipped') return `skip  ${name}`;
  const numbers = [
    `${requests} requests`,
    `${failed} failed`,
    ...(failed > 0 ? [`recovered within ${(recoveryMs / 1000).toFixed(1)} s`] : []),
    `p99 ${p99Ms} ms`,
    `${seconds} s`,
  ];
  return `${outcome === 'passed' ? 'ok  ' : 'FAIL'}  ${name}: ${numbers.join(', ')}`;
}

/** The line with what belongs to it. */
export function tellStep(result: StepResult): string {
  const faults = result.faults.map((text) => `        WRONG ${text}`);
  return [lineOf(result), ...result.notes.map((text) => `        ${text}`), ...faults].join('\n');
}

/** Everything that is wrong. */
export function wrongs({ steps, audit }: Report): string[] {
  const ledger = Array.isArray(audit.ledger) ? audit.ledger : [];
  const failed = steps.flatMap(({ name, faults }) => faults.map((text) => `${name}: ${text}`));
  return [...failed, ...audit.findings, ...ledger];
}

/** Writes the report as a file and gives its path. */
export async function writeReport(report: Report): Promise<string> {
  await mkdir(dirname(FILE), { recursive: true });
  await writeFile(FILE, `${JSON.stringify(report, undefined, 2)}\n`);
  return FILE;
}
