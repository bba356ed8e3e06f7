import type { CheckResult } from './ledger';

/** Rows of one check that are printed; a broken ledger may have millions. */
const MOST_ROWS = 5;

function rowsOf(findings: CheckResult['findings']): string[] {
  const shown = findings.slice(0, MOST_ROWS).map((row) => `           ${JSON.stringify(row)}`);
  const rest = findings.length - shown.length;
  return rest > 0 ? [...shown, `           and ${rest} more`] : shown;
}

/** The report of an audit, one line per check and the first rows of what it found. */
export function auditReport(results: readonly CheckResult[]): string {
  const width = Math.max(...results.map(({ name }) => name.length));
  const lines = results.flatMap(({ name, rule, findings }) => [
    `  ${findings.length === 0 ? 'ok     ' : 'BROKEN '}  ${name.padEnd(width)}  ${rule}`,
    ...rowsOf(findings),
  ]);
  const broken = results.filter(({ findings }) => findings.length > 0);
  const end =
    broken.length === 0
      ? `${results.length} rules hold.`
      : `${broken.length} of ${results.length} rules broken: ${broken.map(({ name }) => name).join(', ')}.`;
  return [...lines, end].join('\n');
}
